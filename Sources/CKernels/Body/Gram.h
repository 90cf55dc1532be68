// The Gram matrix of features: the sum over the pixels of f fᵀ, of which the upper triangle is enough.

/// Copies pixels to where they lie as the product reads them, (columns / 16, GRAM_BLOCK, 16), with
/// zeros for channels beyond the last.
static void packPixels(const void *features, bool isBrain, ptrdiff_t pixels, ptrdiff_t channels,
                       ptrdiff_t columns, float *to) {
  for (ptrdiff_t first = 0; first < pixels; first += GROUP)
    for (ptrdiff_t column = 0; column < columns; column += GROUP) {
      float *into = to + (column / GROUP * GRAM_BLOCK + first) * GROUP;
      for (ptrdiff_t i = first; i < smaller(first + GROUP, pixels); i++, into += GROUP) {
        ptrdiff_t from = i * channels + column;
        if (column + GROUP <= channels) {
          for (int v = 0; v < GROUP; v += LANES)
            store(into + v, loadElements(features, from + v, isBrain));
        } else {
          for (int c = 0; c < GROUP; c++)
            into[c] = column + c < channels ? elementOf(features, from + c, isBrain) : 0;
        }
      }
    }
}

/// c = (isFirst ? 0 : c) + the sum over pixels of a bᵀ, for `rows` channels from `a` on and two
/// vectors of channels.
///
/// Unlike a panel's, the rows of `a` lie as its columns do, so that one copy of the pixels serves as
/// both factors. The sum of a block is added as one: long sums of small numbers lose less that way.
INLINE void addProducts(int rows, const float *a, const float *b0, const float *b1,
                        ptrdiff_t pixels, float *c, ptrdiff_t rowStep, bool isFirst) {
  Vector sums[8][2] = {};
#pragma clang loop unroll_count(2)
  for (ptrdiff_t i = 0; i < pixels; i++) {
    Vector x = load(b0 + i * GROUP), y = load(b1 + i * GROUP);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
      Vector factor = splat(a[i * GROUP + row]);
      sums[row][0] += factor * x;
      sums[row][1] += factor * y;
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++) {
    float *to = c + row * rowStep;
    store(to, isFirst ? sums[row][0] : load(to) + sums[row][0]);
    store(to + LANES, isFirst ? sums[row][1] : load(to + LANES) + sums[row][1]);
  }
}

static void gram(const GramPass *pass, ptrdiff_t firstPixel, ptrdiff_t endPixel,
                 ptrdiff_t firstColumn, ptrdiff_t endColumn, float *sums, float *scratch) {
  for (ptrdiff_t first = firstPixel; first < endPixel; first += GRAM_BLOCK) {
    ptrdiff_t pixels = smaller(GRAM_BLOCK, endPixel - first);
    bool isFirst = first == firstPixel;
    packPixels(elementAt(pass->features, first * pass->channels, pass->isBrain), pass->isBrain,
               pixels, pass->channels, endColumn, scratch);
    for (ptrdiff_t column = firstColumn; column < endColumn; column += 2 * LANES) {
      const float *b0 = scratch + column / GROUP * GRAM_BLOCK * GROUP + column % GROUP;
      ptrdiff_t next = column + LANES;
      const float *b1 = scratch + next / GROUP * GRAM_BLOCK * GROUP + next % GROUP;
      for (ptrdiff_t row = 0; row < column + 2 * LANES; row += GROUP) {
        const float *a = scratch + row * GRAM_BLOCK;
        float *c = sums + row * pass->rowStep + column;
        // As many rows at a time as there are registers for their sums.
#if LANES == 16
        addProducts(8, a, b0, b1, pixels, c, pass->rowStep, isFirst);
        addProducts(8, a + 8, b0, b1, pixels, c + 8 * pass->rowStep, pass->rowStep, isFirst);
#else
        addProducts(6, a, b0, b1, pixels, c, pass->rowStep, isFirst);
        addProducts(5, a + 6, b0, b1, pixels, c + 6 * pass->rowStep, pass->rowStep, isFirst);
        addProducts(5, a + 11, b0, b1, pixels, c + 11 * pass->rowStep, pass->rowStep, isFirst);
#endif
      }
    }
  }
}
