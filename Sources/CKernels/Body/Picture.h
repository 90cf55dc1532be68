// The convolution from the picture's 3 channels, and its adjoint, as matrix products by way of the
// 27 taps: with so few channels there is nothing that Winograd's algorithm could save.

#define COLORS 3
#define SIDE 3
/// Floats in a row of the filter's window, and in all of it; the product's length, a multiple
/// of 16.
#define WINDOW_ROW (SIDE * COLORS)
#define TAPS (SIDE * WINDOW_ROW)
#define PADDED_TAPS (2 * GROUP)

static const Prefetch nothing = {NULL, 0, 0, 0, 0};

/// Writes `count` taps from number `first` on to row `row` of a panel; `first` and `count` are
/// constants.
INLINE void placeTaps(const float *from, float *panel, int row, int first, int count) {
  int before = first < GROUP ? (first + count < GROUP ? count : GROUP - first) : 0;
  __builtin_memcpy(panel + row * GROUP + first, from, 4 * before);
  float *second = panel + (PANEL + row) * GROUP + first + before - GROUP;
  __builtin_memcpy(second, from + before, 4 * (count - before));
}

/// Gathers the window around a pixel, zero outside of the picture, into row `row` of a panel.
INLINE void gatherWindow(const PicturePass *pass, ptrdiff_t y, ptrdiff_t x, float *panel, int row) {
  static const float zeros[PADDED_TAPS];
  const float *lines[SIDE];
  float edge[SIDE][WINDOW_ROW];
  for (ptrdiff_t i = 0; i < SIDE; i++) {
    ptrdiff_t sourceY = y + i - 1;
    const float *line = pass->picture + (sourceY * pass->width + x - 1) * COLORS;
    if (sourceY < 0 || sourceY >= pass->height) {
      line = zeros;
    } else if (x == 0 || x == pass->width - 1) {
      for (int j = 0; j < WINDOW_ROW; j++) {
        ptrdiff_t sourceX = x - 1 + j / COLORS;
        edge[i][j] = sourceX >= 0 && sourceX < pass->width ? line[j] : 0;
      }
      line = edge[i];
    }
    lines[i] = line;
  }
  placeTaps(lines[0], panel, row, 0, WINDOW_ROW);
  placeTaps(lines[1], panel, row, WINDOW_ROW, WINDOW_ROW);
  placeTaps(lines[2], panel, row, 2 * WINDOW_ROW, WINDOW_ROW);
  placeTaps(zeros, panel, row, TAPS, PADDED_TAPS - TAPS);
}

static void pictureForward(const PicturePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow) {
  float panel[2 * PANEL * GROUP] __attribute__((aligned(64)));
  float products[STRIPS * PANEL * GROUP] __attribute__((aligned(64)));
  Prefetch prefetch = nothing;
  ptrdiff_t end = endRow * pass->width, y = firstRow, x = 0;
  for (ptrdiff_t first = firstRow * pass->width; first < end; first += PANEL) {
    int rows = (int)smaller(PANEL, end - first);
    for (int row = 0; row < PANEL; row++) {
      // Rows without a pixel repeat the last one.
      gatherWindow(pass, y, x, panel, row);
      if (row + 1 < rows && ++x == pass->width) x = 0, y++;
    }
    if (++x == pass->width) x = 0, y++;
    for (ptrdiff_t output = 0; output < pass->outputs; output += STRIPS * GROUP) {
      const float *strip = pass->weights + output * PADDED_TAPS;
      ptrdiff_t strips = smaller(STRIPS, (pass->outputs - output) / GROUP);
      multiplyStrips(panel, strip, strip + PADDED_TAPS * GROUP, strips > 1, 2, products,
                     products + PANEL * GROUP, GROUP, true, &prefetch);
      for (ptrdiff_t i = 0; i < strips; i++)
        for (int row = 0; row < rows; row++)
          for (int v = 0; v < VECTORS; v++) {
            ptrdiff_t channel = output + i * GROUP;
            ptrdiff_t element = (first + row) * pass->outputs + channel;
            Vector sum = load(products + (i * PANEL + row) * GROUP + v * LANES) +
                         load(pass->bias + channel + v * LANES);
            storeElements(pass->activation, element + v * LANES, keep(sum > 0, sum), pass->isBrain);
            if (pass->positive)
              mergeBits16(pass->positive + element / GROUP, bitsOf(sum > 0, v), v);
          }
    }
  }
}

// The adjoint first computes, for each pixel of the gradient, what it gives to each of the 27 taps;
// then each pixel of the picture sums what its neighbors give to it. Three rows of such gifts are
// kept.

/// Pixels in a row of gifts: one of zeros on each side, and room for the last panel's idle rows.
INLINE ptrdiff_t giftsAcross(const PicturePass *pass) { return pass->width + PANEL + 2; }

static ptrdiff_t pictureAdjointScratch(const PicturePass *pass) {
  return SIDE * giftsAcross(pass) * PADDED_TAPS + PANEL * pass->outputs;
}

/// What row `y` of the gradient gives; `panel` is room for a panel of it.
static void computeGifts(const PicturePass *pass, ptrdiff_t y, float *gifts, float *panel) {
  Prefetch prefetch = nothing;
  const float *strip = pass->adjointWeights;
  for (ptrdiff_t x = 0; x < pass->width; x += PANEL) {
    for (int row = 0; row < PANEL; row++) {
      ptrdiff_t pixel = y * pass->width + smaller(x + row, pass->width - 1);
      for (ptrdiff_t channel = 0; channel < pass->outputs; channel += GROUP)
        for (int v = 0; v < VECTORS; v++)
          store(panel + channel * PANEL + row * GROUP + v * LANES,
                loadElements(pass->gradient, pixel * pass->outputs + channel + v * LANES,
                             pass->isBrain));
    }
    float *to = gifts + (x + 1) * PADDED_TAPS;
    for (ptrdiff_t i = 0; i < 2; i += STRIPS)
      multiplyStrips(panel, strip + i * pass->outputs * GROUP, strip + pass->outputs * GROUP, true,
                     pass->outputs / GROUP, to + i * GROUP, to + GROUP, PADDED_TAPS, true,
                     &prefetch);
  }
  __builtin_memset(gifts, 0, 4 * PADDED_TAPS);
  __builtin_memset(gifts + (pass->width + 1) * PADDED_TAPS, 0, 4 * PADDED_TAPS);
}

static void pictureAdjoint(const PicturePass *pass, ptrdiff_t firstRow, ptrdiff_t endRow,
                           float *scratch) {
  typedef float Four __attribute__((vector_size(16), aligned(4), may_alias));
  ptrdiff_t across = giftsAcross(pass);
  float *panel = scratch + SIDE * across * PADDED_TAPS;
  ptrdiff_t known = smaller(firstRow - 1 < 0 ? 0 : firstRow - 1, pass->height);
  for (ptrdiff_t y = firstRow; y < endRow; y++) {
    for (; known <= y + 1 && known < pass->height; known++)
      computeGifts(pass, known, scratch + known % SIDE * across * PADDED_TAPS, panel);
    for (ptrdiff_t x = 0; x < pass->width; x++) {
      Four sum = {0, 0, 0, 0};
      for (ptrdiff_t i = 0; i < SIDE; i++) {
        // Tap (i, j) of the pixel at (y + 1 - i, x + 1 - j) looks at this one.
        ptrdiff_t sourceY = y + 1 - i;
        if (sourceY < 0 || sourceY >= pass->height) continue;
        const float *from =
            scratch + (sourceY % SIDE * across + x + 2) * PADDED_TAPS + i * WINDOW_ROW;
        for (ptrdiff_t j = 0; j < SIDE; j++)
          sum += *(const Four *)(from + j * (COLORS - PADDED_TAPS));
      }
      __builtin_memcpy(pass->pictureGradient + (y * pass->width + x) * COLORS, &sum, 4 * COLORS);
    }
  }
}
