// The input transform: 6x6 pixels of a channel become its 36 coefficients, V = B^T d B.
//
// The interpolation points are 0, 1, -1, 1/2, -2 and infinity: with them the error is about half of
// that with the customary ±2 (Barabasz, Anderson, Soodhalter and Gregg, "Error analysis and
// improving the accuracy of Winograd convolution for deep neural networks", 2020), at two more
// additions.

#define POINTS 6
#define COEFFICIENTS 36
#define TILE 4

INLINE void transformSix(const Vector d[POINTS], Vector t[POINTS]) {
  Vector even = d[4] - d[2], odd = d[3] - d[1];
  Vector u = even + 1.5f * d[3], v = odd + 1.5f * d[2];
  t[0] = d[0] - d[2] + even + 1.5f * odd;
  t[1] = u + v;
  t[2] = u - v;
  t[3] = even + 2.0f * odd;
  t[4] = even - 0.5f * odd;
  t[5] = d[5] - d[3] - odd + 1.5f * even;
}

/// Transforms one vector of channels from element `start` on; writes coefficient k to
/// `to + k * stride`.
INLINE void transformInputTile(const void *from, ptrdiff_t start, ptrdiff_t rowStep,
                               ptrdiff_t columnStep, bool isBrain, float *to, ptrdiff_t stride) {
  Vector half[POINTS][POINTS], d[POINTS], t[POINTS];
  for (int column = 0; column < POINTS; column++) {
    for (int row = 0; row < POINTS; row++)
      d[row] = loadElements(from, start + row * rowStep + column * columnStep, isBrain);
    transformSix(d, t);
    for (int row = 0; row < POINTS; row++) half[row][column] = t[row];
  }
  for (int row = 0; row < POINTS; row++) {
    transformSix(half[row], t);
    for (int column = 0; column < POINTS; column++)
      store(to + (row * POINTS + column) * stride, t[column]);
  }
}

/// Copies a group of channels of the 6x6 pixels at (top, left), zero outside of the picture.
INLINE void copyPatch(const WinogradPass *pass, ptrdiff_t top, ptrdiff_t left, ptrdiff_t channel,
                      float *patch) {
  for (ptrdiff_t y = top; y < top + POINTS; y++)
    for (ptrdiff_t x = left; x < left + POINTS; x++, patch += GROUP) {
      bool isInside = y >= 0 && y < pass->height && x >= 0 && x < pass->width;
      ptrdiff_t element = (y * pass->width + x) * pass->inputs + channel;
      for (int v = 0; v < VECTORS; v++)
        store(patch + v * LANES,
              isInside ? loadElements(pass->source, element + v * LANES, pass->isBrain) : splat(0));
    }
}

/// The same where the source is pooled: each value goes to where its maximum was.
/// Squares start at even pixels and tiles at multiples of 4, so a patch touches 4x4 of them.
INLINE void unpoolPatch(const WinogradPass *pass, ptrdiff_t top, ptrdiff_t left, ptrdiff_t channel,
                        float *patch) {
  ptrdiff_t height = pass->height / 2, width = pass->width / 2;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      ptrdiff_t y = (top - 1) / 2 + i, x = (left - 1) / 2 + j;
      bool isInside = y >= 0 && y < height && x >= 0 && x < width;
      ptrdiff_t element = isInside ? (y * width + x) * pass->inputs + channel : 0;
      uint32_t choices = pass->choices[element / GROUP];
      for (int v = 0; v < VECTORS; v++) {
        Vector value =
            isInside ? loadElements(pass->source, element + v * LANES, pass->isBrain) : splat(0);
        Lanes right = lanesOf(choices & 0xffff, v), lower = lanesOf(choices >> 16, v);
        Vector upperValue = keep(~lower, value), lowerValue = keep(lower, value);
        // Pixel (2i, 2j) of the squares is pixel (2i - 1, 2j - 1) of the patch.
        float *to = patch + ((2 * i - 1) * POINTS + 2 * j - 1) * GROUP + v * LANES;
        if (i > 0 && j > 0) store(to, keep(~right, upperValue));
        if (i > 0 && j < 3) store(to + GROUP, keep(right, upperValue));
        if (i < 3 && j > 0) store(to + POINTS * GROUP, keep(~right, lowerValue));
        if (i < 3 && j < 3) store(to + POINTS * GROUP + GROUP, keep(right, lowerValue));
      }
    }
}

/// Transforms all channels of a tile into its row of a panel at `to`, coefficients `stride` apart.
///
/// The adjoint reads the tile, and writes its result, turned by 180 degrees: that amounts to the
/// turned filter, without other weights.
static void transformInput(const WinogradPass *pass, ptrdiff_t tileY, ptrdiff_t tileX, float *to,
                           ptrdiff_t stride) {
  ptrdiff_t top = tileY * TILE - 1, left = tileX * TILE - 1;
  bool isDirect = top >= 0 && left >= 0 && top + POINTS <= pass->height &&
                  left + POINTS <= pass->width && !pass->choices;
  float patch[POINTS * POINTS * GROUP] __attribute__((aligned(64)));
  ptrdiff_t columnStep = isDirect ? pass->inputs : GROUP;
  ptrdiff_t rowStep = isDirect ? pass->width * pass->inputs : POINTS * GROUP;
  ptrdiff_t turn = pass->isAdjoint ? -1 : 1;
  ptrdiff_t start = pass->isAdjoint ? (POINTS - 1) * (rowStep + columnStep) : 0;
  for (ptrdiff_t channel = 0; channel < pass->inputs; channel += GROUP) {
    float *row = to + channel * PANEL;
    if (isDirect) {
      ptrdiff_t first = (top * pass->width + left) * pass->inputs + channel + start;
      for (int v = 0; v < VECTORS; v++) {
        ptrdiff_t element = first + v * LANES;
        if (pass->isBrain)
          transformInputTile(pass->source, element, turn * rowStep, turn * columnStep, true,
                             row + v * LANES, stride);
        else
          transformInputTile(pass->source, element, turn * rowStep, turn * columnStep, false,
                             row + v * LANES, stride);
      }
      continue;
    }
    if (pass->choices)
      unpoolPatch(pass, top, left, channel, patch);
    else
      copyPatch(pass, top, left, channel, patch);
    for (int v = 0; v < VECTORS; v++)
      transformInputTile(patch, start + v * LANES, turn * rowStep, turn * columnStep, false,
                         row + v * LANES, stride);
  }
}
