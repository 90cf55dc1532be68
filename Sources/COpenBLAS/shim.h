#include <cblas.h>
#include <stddef.h>

// Debian's OpenBLAS has LAPACK in it, but its headers come in another package. Fortran: everything by
// address, the lengths of the strings last.
void dsyevd_(
    const char *job, const char *triangle, const int *order, double *matrix, const int *stride,
    double *values, double *work, const int *work_count, int *integers, const int *integer_count,
    int *info, size_t job_length, size_t triangle_length);
