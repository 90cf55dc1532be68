#ifdef __x86_64__

// 16 registers of 256 bits: 6 x 2 sums, two columns and a factor.
#define LANES 8
#define PANEL 6

#include "Levels.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#include "Body/Kernels.h"
#pragma clang attribute pop

const KernelTable avx2Kernels = KERNELS;

#endif
