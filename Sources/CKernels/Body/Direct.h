// Convolutions by their definition: a panel of PANEL windows times a group of 16 outputs.
//
// A window's row is a run of floats in a row of the picture, so nothing is gathered but what has to
// be changed anyway: a tile's rows are copied into scratch through the channel map, with what lies
// beyond the edge.

#define RESULT_PERIOD 48  // lanes of running sums: a multiple of 16, and of 3

INLINE ptrdiff_t clampIndex(ptrdiff_t i, ptrdiff_t count) {
  return i < 0 ? 0 : i >= count ? count - 1 : i;
}

/// The index inside that stands for `i`, or -1 for zeros.
INLINE ptrdiff_t insideIndex(ptrdiff_t i, ptrdiff_t count, BorderRule border) {
  if (i >= 0 && i < count) return i;
  if (border == BORDER_ZERO) return -1;
  if (border == BORDER_REPLICATE || count == 1) return clampIndex(i, count);
  ptrdiff_t cycle = 2 * count - 2, place = (i % cycle + cycle) % cycle;
  return place < count ? place : cycle - place;
}

/// to = map(from) for `count` floats that begin at channel 0.
INLINE void mapRun(const ChannelMap *map, const float *from, float *to, ptrdiff_t count) {
  if (!map->scale) {
    __builtin_memcpy(to, from, (size_t)count * sizeof(float));
    return;
  }
  ptrdiff_t i = 0;
  Vector lower = splat(map->lower);
  for (; i + map->period <= count; i += map->period)
    for (ptrdiff_t j = 0; j < map->period; j += LANES) {
      Vector x = load(from + i + j) * load(map->scale + j) + load(map->shift + j);
      store(to + i + j, choose(x > lower, x, lower));
    }
  for (ptrdiff_t j = 0; i < count; i++, j++) {
    float x = from[i] * map->scale[j] + map->shift[j];
    to[i] = x > map->lower ? x : map->lower;
  }
}

typedef struct {
  /// Pixels of the picture in a row of scratch, from column `column` on.
  ptrdiff_t width, column;
  /// The picture's rows that are copied, from `row` on.
  ptrdiff_t rows, row;
} DirectWindow;

INLINE ptrdiff_t tilesAcross(const DirectPass *pass) {
  return divideUp(pass->blocks, pass->tileBlocks);
}

INLINE ptrdiff_t windowRows(const DirectPass *pass, ptrdiff_t rows) {
  return (rows - 1) * pass->rowStep + pass->windowHeight + (pass->phases - 1) * pass->phaseStep;
}

/// Blocks that the panels of a row compute.
INLINE ptrdiff_t paneledBlocks(ptrdiff_t blocks) { return divideUp(blocks, PANEL) * PANEL; }

INLINE ptrdiff_t windowWidth(const DirectPass *pass, ptrdiff_t blocks) {
  return (paneledBlocks(blocks) - 1) * pass->blockStep + pass->windowWidth;
}

/// Floats from one block to the next in a row of products. With one group they lie as in the
/// result: what the next block overwrites does not matter.
INLINE ptrdiff_t blockStride(const DirectPass *pass) {
  return pass->groups == 1 ? pass->blockOutputs : pass->groups * GROUP;
}

static ptrdiff_t directScratch(const DirectPass *pass) {
  ptrdiff_t gathered =
      windowRows(pass, pass->tileRows) * windowWidth(pass, pass->tileBlocks) * pass->channels;
  return divideUp(gathered, GROUP) * GROUP + paneledBlocks(pass->tileBlocks) * blockStride(pass) +
         2 * GROUP;
}

/// Copies a row of the picture, columns [window.column, + window.width), through the map.
INLINE void gatherRow(const DirectPass *pass, const DirectWindow *window, ptrdiff_t row,
                      float *to) {
  ptrdiff_t channels = pass->channels, y = insideIndex(row, pass->height, pass->border);
  if (y < 0) {
    __builtin_memset(to, 0, (size_t)(window->width * channels) * sizeof(float));
    return;
  }
  const float *from = pass->source + y * pass->width * channels;
  ptrdiff_t first = window->column < 0 ? 0 : window->column;
  ptrdiff_t end = smaller(window->column + window->width, pass->width);
  if (end > first)
    mapRun(&pass->map, from + first * channels, to + (first - window->column) * channels,
           (end - first) * channels);
  for (ptrdiff_t x = 0; x < window->width; x++) {
    ptrdiff_t column = window->column + x;
    if (column >= first && column < end) {
      x = end - window->column - 1;
      continue;
    }
    ptrdiff_t inside = insideIndex(column, pass->width, pass->border);
    if (inside < 0)
      __builtin_memset(to + x * channels, 0, (size_t)channels * sizeof(float));
    else
      mapRun(&pass->map, from + inside * channels, to + x * channels, channels);
  }
}

/// Two vectors of outputs of PANEL windows, `step` floats apart.
static __attribute__((noinline)) void convolvePanel(const float *a, ptrdiff_t rowStride,
                                                    ptrdiff_t step, const float *b0,
                                                    const float *b1, Vector bias0, Vector bias1,
                                                    ptrdiff_t rows, ptrdiff_t run, float *c0,
                                                    float *c1, ptrdiff_t stride) {
  Vector sums[PANEL][2];
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL; p++) sums[p][0] = bias0, sums[p][1] = bias1;
  for (; rows > 0; rows--, a += rowStride) {
    const float *at = a;
#pragma clang loop unroll_count(2)
    for (ptrdiff_t k = 0; k < run; k++, at++, b0 += GROUP, b1 += GROUP) {
      Vector x = load(b0), y = load(b1);
#pragma clang loop unroll(full)
      for (int p = 0; p < PANEL; p++) {
        Vector factor = splat(at[p * step]);
        sums[p][0] += factor * x;
        sums[p][1] += factor * y;
      }
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL; p++) {
    store(c0 + p * stride, sums[p][0]);
    store(c1 + p * stride, sums[p][1]);
  }
}

#if LANES == 16
/// One vector of outputs.
static __attribute__((noinline)) void convolveLonePanel(const float *a, ptrdiff_t rowStride,
                                                        ptrdiff_t step, const float *b, Vector bias,
                                                        ptrdiff_t rows, ptrdiff_t run, float *c,
                                                        ptrdiff_t stride) {
  Vector sums[PANEL];
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL; p++) sums[p] = bias;
  for (; rows > 0; rows--, a += rowStride) {
    const float *at = a;
#pragma clang loop unroll_count(2)
    for (ptrdiff_t k = 0; k < run; k++, at++, b += GROUP) {
      Vector x = load(b);
#pragma clang loop unroll(full)
      for (int p = 0; p < PANEL; p++) sums[p] += splat(at[p * step]) * x;
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < PANEL; p++) store(c + p * stride, sums[p]);
}
#endif

/// All groups of the blocks of one row of windows.
INLINE void convolveRow(const DirectPass *pass, const float *gathered, ptrdiff_t rowStride,
                        ptrdiff_t phase, ptrdiff_t blocks, float *products) {
  ptrdiff_t run = pass->windowWidth * pass->channels, taps = pass->windowHeight * run;
  ptrdiff_t step = pass->blockStep * pass->channels, stride = blockStride(pass);
  const float *weights = pass->weights + phase * pass->groups * taps * GROUP;
  for (ptrdiff_t group = 0; group < pass->groups; group++) {
    const float *strip = weights + group * taps * GROUP, *bias = pass->bias + group * GROUP;
#if LANES == 16
    bool isPair = group + 1 < pass->groups;
#endif
    for (ptrdiff_t block = 0; block < blocks; block += PANEL) {
      const float *a = gathered + block * step;
      float *c = products + block * stride + group * GROUP;
#if LANES == 16
      if (isPair)
        convolvePanel(a, rowStride, step, strip, strip + taps * GROUP, load(bias),
                      load(bias + GROUP), pass->windowHeight, run, c, c + GROUP, stride);
      else
        convolveLonePanel(a, rowStride, step, strip, load(bias), pass->windowHeight, run, c,
                          stride);
#elif LANES == 8
      convolvePanel(a, rowStride, step, strip, strip + LANES, load(bias), load(bias + LANES),
                    pass->windowHeight, run, c, c + LANES, stride);
#else
      // The second pair of vectors must not be written before the first of the next block.
      float room[PANEL * GROUP];
      for (int v = 0; v < VECTORS; v += 2)
        convolvePanel(a, rowStride, step, strip + v * LANES, strip + (v + 1) * LANES,
                      load(bias + v * LANES), load(bias + (v + 1) * LANES), pass->windowHeight, run,
                      room + v * LANES, room + (v + 1) * LANES, GROUP);
      for (int p = 0; p < PANEL; p++)
        __builtin_memcpy(c + p * stride, room + p * GROUP, GROUP * sizeof(float));
#endif
    }
#if LANES == 16
    if (isPair) group++;
#endif
  }
}

/// Adds up a run of floats of `channels` channels: `sums[c]`, or with `means` the squared
/// differences from them.
INLINE void addUp(const float *from, ptrdiff_t count, ptrdiff_t channels, const float *means,
                  float *sums) {
  for (ptrdiff_t c = 0; c < channels; c++) sums[c] = 0;
  if (RESULT_PERIOD % channels == 0) {
    float lanes[RESULT_PERIOD] __attribute__((aligned(64)));
    float centers[RESULT_PERIOD] __attribute__((aligned(64)));
    for (int j = 0; j < RESULT_PERIOD; j++)
      lanes[j] = 0, centers[j] = means ? means[j % channels] : 0;
    ptrdiff_t i = 0;
    if (means)
      for (; i + RESULT_PERIOD <= count; i += RESULT_PERIOD)
        for (int j = 0; j < RESULT_PERIOD; j += LANES) {
          Vector d = load(from + i + j) - load(centers + j);
          store(lanes + j, load(lanes + j) + d * d);
        }
    else
      for (; i + RESULT_PERIOD <= count; i += RESULT_PERIOD)
        for (int j = 0; j < RESULT_PERIOD; j += LANES)
          store(lanes + j, load(lanes + j) + load(from + i + j));
    for (int j = 0; i < count; i++, j++) {
      float d = from[i] - centers[j];
      lanes[j] += means ? d * d : d;
    }
    for (int j = 0; j < RESULT_PERIOD; j++) sums[j % channels] += lanes[j];
    return;
  }
  for (ptrdiff_t i = 0; i < count; i += channels)
    for (ptrdiff_t c = 0; c < channels; c++) {
      float d = from[i + c] - (means ? means[c] : 0);
      sums[c] += means ? d * d : d;
    }
}

/// Joins a row's mean and squares to a tile's (Chan, Golub and LeVeque 1983).
INLINE void joinMoments(const float *row, ptrdiff_t length, ptrdiff_t channels, ptrdiff_t before,
                        float *scratch, double *means, double *squares) {
  float *sums = scratch, *rowMeans = scratch + channels;
  double count = (double)(length / channels), all = (double)before + count;
  addUp(row, length, channels, NULL, sums);
  for (ptrdiff_t c = 0; c < channels; c++) rowMeans[c] = (float)(sums[c] / count);
  addUp(row, length, channels, rowMeans, sums);
  for (ptrdiff_t c = 0; c < channels; c++) {
    double difference = (double)rowMeans[c] - means[c];
    squares[c] += (double)sums[c] + difference * difference * (double)before * count / all;
    means[c] += difference * count / all;
  }
}

/// Channels that moments are taken of.
#define MOST_MEASURED 1024

static void direct(const DirectPass *pass, ptrdiff_t tile, float *scratch) {
  ptrdiff_t across = tilesAcross(pass);
  ptrdiff_t firstBlock = tile % across * pass->tileBlocks,
            firstRow = tile / across * pass->tileRows;
  ptrdiff_t blocks = smaller(pass->tileBlocks, pass->blocks - firstBlock);
  ptrdiff_t rows = smaller(pass->tileRows, pass->rows - firstRow);
  DirectWindow window = {windowWidth(pass, blocks), firstBlock * pass->blockStep - pass->left,
                         windowRows(pass, rows), firstRow * pass->rowStep - pass->top};
  ptrdiff_t rowStride = window.width * pass->channels;
  for (ptrdiff_t i = 0; i < window.rows; i++)
    gatherRow(pass, &window, window.row + i, scratch + i * rowStride);
  float *products = scratch + divideUp(window.rows * rowStride, GROUP) * GROUP;

  ptrdiff_t channels = pass->resultChannels, outputs = pass->blockOutputs;
  ptrdiff_t start = firstBlock * outputs;
  ptrdiff_t length = smaller(blocks * outputs, pass->rowLength - start), measured = 0;
  double *means = NULL, *squares = NULL;
  float sums[2 * MOST_MEASURED];
  if (pass->moments) {
    means = pass->moments + tile * 2 * channels, squares = means + channels;
    for (ptrdiff_t c = 0; c < 2 * channels; c++) means[c] = 0;
  }
  Vector lower = splat(pass->lower), upper = splat(pass->upper);
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t phase = 0; phase < pass->phases; phase++) {
      convolveRow(pass, scratch + (i * pass->rowStep + phase * pass->phaseStep) * rowStride,
                  rowStride, phase, blocks, products);
      if (pass->groups > 1 && outputs < pass->groups * GROUP)
        for (ptrdiff_t block = 1; block < blocks; block++)
          __builtin_memmove(products + block * outputs, products + block * pass->groups * GROUP,
                            (size_t)outputs * sizeof(float));
      float *to =
          pass->destination + ((firstRow + i) * pass->phases + phase) * pass->rowLength + start;
      ptrdiff_t j = 0;
      for (; j + LANES <= length; j += LANES) {
        Vector x = load(products + j);
        x = choose(x > lower, x, lower);
        store(to + j, choose(x < upper, x, upper));
      }
      for (; j < length; j++) {
        float x = products[j] > pass->lower ? products[j] : pass->lower;
        to[j] = x < pass->upper ? x : pass->upper;
      }
      if (!pass->moments) continue;
      joinMoments(to, length, channels, measured, sums, means, squares);
      measured += length / channels;
    }
}

/// Rows [firstRow, endRow) of the result.
static void depthwise(const DepthwisePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow) {
  ptrdiff_t channels = pass->channels;
  Vector lower = splat(pass->lower), upper = splat(pass->upper);
  for (ptrdiff_t row = firstRow; row < endRow; row++)
    for (ptrdiff_t column = 0; column < pass->resultWidth; column++) {
      ptrdiff_t top = row * pass->stride - pass->top, left = column * pass->stride - pass->left;
      float *to = pass->destination + (row * pass->resultWidth + column) * channels;
      for (ptrdiff_t channel = 0; channel < channels; channel += LANES) {
        Vector sum = load(pass->bias + channel);
        for (ptrdiff_t i = 0; i < 3; i++)
          for (ptrdiff_t j = 0; j < 3; j++) {
            ptrdiff_t y = top + i, x = left + j;
            if (y < 0 || y >= pass->height || x < 0 || x >= pass->width) continue;
            sum += load(pass->source + (y * pass->width + x) * channels + channel) *
                   load(pass->weights + (i * 3 + j) * channels + channel);
          }
        sum = choose(sum > lower, sum, lower);
        store(to + channel, choose(sum < upper, sum, upper));
      }
    }
}
