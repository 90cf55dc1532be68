// Everything a level consists of. The includer has defined LANES, the floats in a vector, and
// PANEL, the rows of a matrix product that are computed at once.

#include "Vector.h"

#include "Product.h"

#include "WinogradInput.h"

#include "WinogradOutput.h"

#include "WinogradWeights.h"

#include "Winograd.h"

#include "WinogradFilter.h"

#include "Picture.h"

#include "Direct.h"

#include "ChannelMap.h"

#include "Gram.h"

#include "Adam.h"

#define KERNELS                                                          \
  {PANEL,          winogradFilter,        winogradScratch, winograd,     \
   pictureForward, pictureAdjointScratch, pictureAdjoint,                \
   directScratch,  direct,                depthwise,       mapChannels,  \
   sigmoid,        gram,                  adam}
