// The output transform, Y = A^T M A, and what is done to each result on its way to memory.

INLINE void transformFour(const Vector m[POINTS], Vector y[TILE]) {
  Vector sum = m[1] + m[2], difference = m[1] - m[2];
  y[0] = m[0] + sum + m[3] + m[4];
  y[1] = difference + 0.5f * m[3] - 2.0f * m[4];
  y[2] = sum + 0.25f * m[3] + 4.0f * m[4];
  y[3] = difference + 0.125f * m[3] - 8.0f * m[4] + m[5];
}

/// Adds the bias and rectifies two rows of a tile; stores them, and which are above zero.
INLINE void finishForward(const WinogradPass *pass, Vector y[2][TILE], ptrdiff_t top,
                          ptrdiff_t left, ptrdiff_t channel, int v, bool isPooling, bool isBrain) {
  Vector bias = load(pass->bias + channel + v * LANES);
  for (int row = 0; row < 2; row++)
    for (int column = 0; column < TILE; column++) {
      Vector sum = y[row][column] + bias;
      y[row][column] = keep(sum > 0, sum);
      if (top + row >= pass->height || left + column >= pass->width) continue;
      ptrdiff_t element = ((top + row) * pass->width + left + column) * pass->outputs + channel;
      if (pass->destination)
        storeElements(pass->destination, element + v * LANES, y[row][column], isBrain);
      if (!isPooling && pass->positive)
        mergeBits16(pass->positive + element / GROUP, bitsOf(sum > 0, v), v);
    }
  if (!isPooling) return;
  ptrdiff_t height = pass->height / 2, width = pass->width / 2;
  for (int j = 0; j < 2; j++) {
    if (top / 2 >= height || left / 2 + j >= width) continue;
    // Of values equal but for rounding the first in reading order is the maximum; none is negative.
    Vector best = y[0][2 * j];
    Lanes right = y[0][2 * j + 1] > best * POOLING_TIE;
    best = choose(right, y[0][2 * j + 1], best);
    Lanes lower = y[1][2 * j] > best * POOLING_TIE;
    best = choose(lower, y[1][2 * j], best);
    right &= ~lower;
    Lanes last = y[1][2 * j + 1] > best * POOLING_TIE;
    best = choose(last, y[1][2 * j + 1], best);
    right |= last;
    lower |= last;
    ptrdiff_t element = ((top / 2) * width + left / 2 + j) * pass->outputs + channel;
    storeElements(pass->pooled, element + v * LANES, best, isBrain);
    if (pass->pooledChoices)
      mergeBits32(pass->pooledChoices + element / GROUP, bitsOf(right, v) | bitsOf(lower, v) << 16,
                  v);
    if (pass->positive) mergeBits16(pass->positive + element / GROUP, bitsOf(best > 0, v), v);
  }
}

/// Adds to two rows of a gradient what a loss contributes, gates them, stores them.
INLINE void finishBackward(const WinogradPass *pass, Vector y[2][TILE], ptrdiff_t top,
                           ptrdiff_t left, ptrdiff_t channel, int v, bool isBrain) {
  for (int row = 0; row < 2 && top + row < pass->height; row++)
    for (int column = 0; column < TILE; column++) {
      if (left + column >= pass->width) continue;
      ptrdiff_t element = ((top + row) * pass->width + left + column) * pass->outputs + channel;
      Vector sum = y[row][column];
      if (pass->addend) sum += loadElements(pass->addend, element + v * LANES, isBrain);
      if (pass->gateBits)
        sum = keep(lanesOf(pass->gateBits[element / GROUP], v), sum);
      else if (pass->gateActivation)
        sum = keep(loadElements(pass->gateActivation, element + v * LANES, isBrain) > 0, sum);
      storeElements(pass->destination, element + v * LANES, sum, isBrain);
    }
}

/// Transforms and finishes one vector of channels of a tile; coefficient k is at `from + k *
/// stride`.
INLINE void transformOutputTile(const WinogradPass *pass, const float *from, ptrdiff_t stride,
                                ptrdiff_t tileY, ptrdiff_t tileX, ptrdiff_t channel, int v,
                                bool isAdjoint, bool isPooling, bool isBrain) {
  Vector half[TILE][POINTS], m[POINTS], t[TILE];
  for (int column = 0; column < POINTS; column++) {
    for (int row = 0; row < POINTS; row++) m[row] = load(from + (row * POINTS + column) * stride);
    transformFour(m, t);
    for (int row = 0; row < TILE; row++) half[row][column] = t[row];
  }
  for (int pair = 0; pair < TILE; pair += 2) {
    Vector y[2][TILE];
    for (int row = 0; row < 2; row++) {
      transformFour(half[isAdjoint ? TILE - 1 - pair - row : pair + row], t);
      for (int column = 0; column < TILE; column++)
        y[row][column] = t[isAdjoint ? TILE - 1 - column : column];
    }
    ptrdiff_t top = tileY * TILE + pair, left = tileX * TILE;
    if (isAdjoint)
      finishBackward(pass, y, top, left, channel, v, isBrain);
    else
      finishForward(pass, y, top, left, channel, v, isPooling, isBrain);
  }
}

/// Transforms and finishes `groups` groups of outputs of a tile, from `channel` on.
INLINE void transformOutputs(const WinogradPass *pass, const float *from, ptrdiff_t stride,
                             ptrdiff_t groups, ptrdiff_t tileY, ptrdiff_t tileX, ptrdiff_t channel,
                             bool isBrain) {
  for (; groups > 0; groups--, channel += GROUP, from += PANEL * GROUP)
    for (int v = 0; v < VECTORS; v++) {
      const float *m = from + v * LANES;
      if (pass->isAdjoint)
        transformOutputTile(pass, m, stride, tileY, tileX, channel, v, true, false, isBrain);
      else if (pass->pooled)
        transformOutputTile(pass, m, stride, tileY, tileX, channel, v, false, true, isBrain);
      else
        transformOutputTile(pass, m, stride, tileY, tileX, channel, v, false, false, isBrain);
    }
}

static void transformOutput(const WinogradPass *pass, const float *from, ptrdiff_t stride,
                            ptrdiff_t groups, ptrdiff_t tileY, ptrdiff_t tileX, ptrdiff_t channel) {
  if (pass->isBrain)
    transformOutputs(pass, from, stride, groups, tileY, tileX, channel, true);
  else
    transformOutputs(pass, from, stride, groups, tileY, tileX, channel, false);
}
