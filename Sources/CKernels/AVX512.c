#ifdef __x86_64__

// 32 registers of 512 bits: 12 x 2 sums, two columns and factors.
#define LANES 16
#define PANEL 12

#include "Levels.h"

#pragma clang attribute push(                                                    \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"))), \
    apply_to = function)
#include "Body/Kernels.h"
#pragma clang attribute pop

const KernelTable avx512Kernels = KERNELS;

#endif
