#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "DirectPass.h"

#pragma clang assume_nonnull begin

// The inner loops, compiled once for each level of vector instructions.
//
// Tensors are (height, width, channels), channels innermost: float32, or, where a pass says so,
// bfloat16, which is a float32's upper half. Arithmetic is in float32 either way. Per-element facts
// come in words of 16 channels, the first channel in the lowest bit. A pointer that is NULL leaves
// its part out.

/// By what factor a value has to exceed another to be the maximum of the two in pooling.
///
/// Where a picture is flat, neighbors are equal in exact arithmetic, and the gradient belongs to the
/// first. A transform rounds each place in a tile differently, by about 1e-6: without this factor,
/// chance would choose, and the way back would differ from a direct convolution's over whole areas.
/// It is 1 + 2^-19.
#define POOLING_TIE 1.0000019073486328f

/// A 3x3 convolution, stride 1, zero padding 1, or its adjoint, as Winograd's F(4x4, 3x3), with
/// what is done to each result on its way to memory. Channel counts are multiples of 16.
typedef struct {
  /// Extents of source and result, in pixels.
  ptrdiff_t height, width;
  /// Channels of what is read and of what is written.
  ptrdiff_t inputs, outputs;
  /// Whether this is the adjoint of the convolution whose weights these are: the gradient's way
  /// back.
  bool isAdjoint;

  /// Whether `source`, `destination`, `pooled`, `addend` and `gateActivation` are bfloat16.
  bool isBrain;

  /// (height, width, inputs); with `choices`, (height / 2, width / 2, inputs).
  const void *_Nullable source;
  /// Where the maxima of the 2x2 pooling were, as `pooledChoices` below; the source is then read as
  /// if unpooled.
  const uint32_t *_Nullable choices;

  /// The transformed filter: (36, convolution's outputs / 16, its inputs / 16, 16 inputs, 16
  /// outputs).
  const float *_Nullable weights;
  /// The same in IEEE half precision, to be multiplied by `halfScale`, where `weights` is NULL.
  const uint16_t *_Nullable halfWeights;
  float halfScale;

  /// Forward: added to each channel before the rectifier.
  const float *_Nullable bias;
  /// (height, width, outputs).
  void *_Nullable destination;
  /// (height / 2, width / 2, outputs): the maxima of 2x2 squares without a last odd row and column.
  void *_Nullable pooled;
  /// Where each maximum was: its column in the lower half of the word, its row in the upper.
  uint32_t *_Nullable pooledChoices;
  /// Which elements of `pooled`, or of `destination` without it, are above zero.
  uint16_t *_Nullable positive;

  /// Adjoint: added to the gradient before it is gated; (height, width, outputs); may be
  /// `destination`.
  const void *_Nullable addend;
  /// Where the gradient passes: these bits, or the elements above zero of this activation.
  const uint16_t *_Nullable gateBits;
  const void *_Nullable gateActivation;

  /// Panels of tiles in a block, and outputs that are multiplied before they are transformed back,
  /// a multiple of 16.
  ptrdiff_t panelsPerBlock, outputsPerPass;
  /// The block this many further on is probably the next for this thread; 0 where there is none.
  ptrdiff_t blocksAtOnce;
} WinogradPass;

/// The same convolution from 3 channels, and its adjoint. The channel counts of the other side are
/// multiples of 16.
typedef struct {
  /// Extents in pixels.
  ptrdiff_t height, width;
  /// Channels of the convolution's result.
  ptrdiff_t outputs;

  /// Whether `activation` and `gradient` are bfloat16.
  bool isBrain;

  /// Forward, (height, width, 3).
  const float *_Nullable picture;
  /// (outputs / 16, 32, 16): for each output the 27 taps, (3, 3, 3), and five zeros.
  const float *_Nullable weights;
  /// (outputs).
  const float *_Nullable bias;
  /// (height, width, outputs): the result, rectified.
  void *_Nullable activation;
  /// Which of its elements are above zero.
  uint16_t *_Nullable positive;

  /// Adjoint, (height, width, outputs).
  const void *_Nullable gradient;
  /// (2, outputs, 16): the taps, 16 and 11, for each output.
  const float *_Nullable adjointWeights;
  /// (height, width, 3).
  float *_Nullable pictureGradient;
} PicturePass;

/// Pixels that are multiplied at a time: of two times 16 channels they fit the first cache, of 512
/// channels the second.
#define GRAM_BLOCK 128

/// A layer's Gram matrix, the sum over pixels of the products of two channels.
typedef struct {
  ptrdiff_t channels;
  /// Whether `features` are bfloat16.
  bool isBrain;
  /// (pixels, channels).
  const void *features;
  /// Floats from row to row of the sums: the channels, rounded up to a multiple of 32.
  ptrdiff_t rowStep;
} GramPass;

/// A step of Adam on a picture that is kept in 0...1.
typedef struct {
  /// With respect to the picture, to be multiplied by `gradientScale`.
  const float *gradient;
  float *image, *mean, *meanSquare;
  float gradientScale, beta1, beta2, epsilon;
  /// The learning rate over the mean's bias; the square root of the mean square's bias.
  float stepSize, rootCorrection;
} AdamPass;

/// What one level of vector instructions offers. A call computes a part of a pass; parts may run at
/// once.
typedef struct {
  /// Tiles of 4x4 pixels in a panel; blocks of a direct convolution that are computed at once.
  ptrdiff_t tilesPerPanel;

  /// Transforms a filter, (3, 3, inputs, outputs), to `single`, or times `scale` to `half` without
  /// it.
  void (*winogradFilter)(const float *filter, ptrdiff_t inputs, ptrdiff_t outputs,
                         float *_Nullable single, uint16_t *_Nullable half, float scale);
  /// Floats of scratch that `winograd` needs.
  ptrdiff_t (*winogradScratch)(const WinogradPass *pass);
  /// Computes outputs [firstOutput, endOutput), multiples of 16, of one block of tiles.
  void (*winograd)(const WinogradPass *pass, ptrdiff_t block, ptrdiff_t firstOutput,
                   ptrdiff_t endOutput, float *scratch);

  /// Computes the activation's rows [firstRow, endRow).
  void (*pictureForward)(const PicturePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow);
  /// Floats of scratch that `pictureAdjoint` needs.
  ptrdiff_t (*pictureAdjointScratch)(const PicturePass *pass);
  /// Computes the picture gradient's rows [firstRow, endRow).
  void (*pictureAdjoint)(const PicturePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow,
                         float *scratch);

  /// Floats of scratch that `direct` needs.
  ptrdiff_t (*directScratch)(const DirectPass *pass);
  /// Computes one tile.
  void (*direct)(const DirectPass *pass, ptrdiff_t tile, float *scratch);
  /// Computes the result's rows [firstRow, endRow).
  void (*depthwise)(const DepthwisePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow);

  /// to = map(from) + addend, and to = sigmoid(map(from)), for floats [first, end); `first` is a
  /// multiple of the map's period, and `to` may be `from`.
  void (*mapChannels)(const ChannelMap *map, const float *from, const float *_Nullable addend,
                      float *to, ptrdiff_t first, ptrdiff_t end);
  void (*sigmoid)(const ChannelMap *map, const float *from, float *to, ptrdiff_t first,
                  ptrdiff_t end);

  /// Sums over pixels [firstPixel, endPixel): columns [firstColumn, endColumn), multiples of 32, of
  /// `sums`, down to the diagonal. What it writes below that means nothing. `scratch` is for
  /// GRAM_BLOCK times `endColumn` floats.
  void (*gram)(const GramPass *pass, ptrdiff_t firstPixel, ptrdiff_t endPixel,
               ptrdiff_t firstColumn, ptrdiff_t endColumn, float *sums, float *scratch);

  /// Takes the step for elements [first, end).
  void (*adam)(const AdamPass *pass, ptrdiff_t first, ptrdiff_t end);
} KernelTable;

/// The kernels of a level (0 baseline, 1 AVX2, 2 AVX-512), or NULL where this processor cannot run
/// them.
const KernelTable *_Nullable kernelTable(int level);

#pragma clang assume_nonnull end

#endif
