#include "CKernels.h"

extern const KernelTable baselineKernels;
#ifdef __x86_64__
extern const KernelTable avx2Kernels, avx512Kernels;
#endif
