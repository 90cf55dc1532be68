#include "Levels.h"

const KernelTable *kernelTable(int level) {
  if (level == 0) return &baselineKernels;
#ifdef __x86_64__
  __builtin_cpu_init();
  bool hasAVX2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                 __builtin_cpu_supports("f16c");
  if (level == 1 && hasAVX2) return &avx2Kernels;
  bool hasAVX512 = hasAVX2 && __builtin_cpu_supports("avx512f") &&
                   __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl");
  if (level == 2 && hasAVX512) return &avx512Kernels;
#endif
  return NULL;
}
