#ifndef DIRECT_PASS_H
#define DIRECT_PASS_H

#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

/// What lies beyond a picture's edge.
typedef enum {
  /// Zeros.
  BORDER_ZERO,
  /// The picture again, mirrored at the centers of its outermost pixels.
  BORDER_REFLECT,
  /// The outermost pixels.
  BORDER_REPLICATE,
} BorderRule;

/// A function of each channel, applied where a tensor is read: x * scale + shift, then at least
/// `lower`.
typedef struct {
  /// `period` floats each, the channels' repeated; NULL for x itself.
  const float *_Nullable scale;
  const float *_Nullable shift;
  /// A multiple of 16 and of the number of channels.
  ptrdiff_t period;
  /// 0 for a rectifier, -INFINITY for none.
  float lower;
} ChannelMap;

/// A convolution of any size and stride by its definition, which reads its input through a
/// `ChannelMap` and measures its result on the way to memory.
///
/// Its result is made in blocks: what one position of the filter's window computes, `blockOutputs`
/// consecutive floats of a row of the result. A block may be several pixels, and pixels of both
/// columns, and a pass may make both rows, of a picture upsampled by two: the filter is arranged
/// accordingly when it is loaded.
typedef struct {
  /// (height, width, channels).
  const float *_Nullable source;
  ptrdiff_t height, width, channels;
  ChannelMap map;
  BorderRule border;
  /// Where the first window begins: so many rows and columns outside.
  ptrdiff_t top, left;

  /// The window, in pixels, and how far it moves from row to row and from block to block.
  ptrdiff_t windowHeight, windowWidth, rowStep, blockStep;
  /// Rows of the result for each row of windows, and how much lower each one's window begins.
  ptrdiff_t phases, phaseStep;
  /// (phases, groups, windowHeight * windowWidth * channels, 16).
  const float *_Nullable weights;
  /// (groups, 16).
  const float *_Nullable bias;
  /// Groups of 16 outputs, of which the first `blockOutputs` are meant.
  ptrdiff_t groups, blockOutputs;

  /// Rows of windows, and blocks in a row.
  ptrdiff_t rows, blocks;
  /// (phases * rows, rowLength), of `resultChannels` channels; the last block of a row may be cut.
  float *_Nullable destination;
  ptrdiff_t rowLength, resultChannels;
  /// Results are clamped to these.
  float lower, upper;

  /// Rows of windows and blocks in a tile, the latter a multiple of `tilesPerPanel`.
  ptrdiff_t tileRows, tileBlocks;
  /// (tiles, 2, resultChannels): of each tile's results the mean, and the sum of the squared
  /// differences from it.
  double *_Nullable moments;
} DirectPass;

/// A 3x3 convolution of each channel by itself, zeros outside, results clamped.
typedef struct {
  /// (height, width, channels); channels are a multiple of 16.
  const float *_Nullable source;
  ptrdiff_t height, width, channels;
  ptrdiff_t stride, top, left;
  /// (9, channels), (channels).
  const float *_Nullable weights;
  const float *_Nullable bias;
  /// (resultHeight, resultWidth, channels).
  float *_Nullable destination;
  ptrdiff_t resultHeight, resultWidth;
  float lower, upper;
} DepthwisePass;

#pragma clang assume_nonnull end

#endif
