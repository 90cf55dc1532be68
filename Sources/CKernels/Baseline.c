// The level every processor has: vectors of 128 bits, no fused multiplication.
#define LANES 4
#define PANEL 6

#include "Levels.h"

#include "Body/Kernels.h"

const KernelTable baselineKernels = KERNELS;
