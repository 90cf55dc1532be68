// A block of tiles from picture to picture: transform, 36 matrix products, transform back.
//
// Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016. Only a block's
// transformed tiles and products exist at a time, and they stay in cache.

/// Coefficients lie this much further apart than their matrices are long: at powers of two all 36
/// would fall into the same few sets of the first cache.
#define PADDING 16

typedef struct {
  /// Tiles in a row of them, and in the picture; the block's first, and how many it has.
  ptrdiff_t across, total, first, count;
} TileRange;

typedef struct {
  ptrdiff_t inputStride, outputStride;
  /// Offsets in floats, and the end of it all.
  ptrdiff_t output, strips, end;
} WinogradScratch;

INLINE WinogradScratch divideScratch(const WinogradPass *pass) {
  ptrdiff_t tiles = pass->panelsPerBlock * PANEL;
  WinogradScratch parts;
  parts.inputStride = tiles * pass->inputs + PADDING;
  parts.outputStride = tiles * pass->outputsPerPass + PADDING;
  parts.output = COEFFICIENTS * parts.inputStride;
  parts.strips = parts.output + COEFFICIENTS * parts.outputStride;
  parts.end = parts.strips + STRIPS * INNER * GROUP;
  return parts;
}

static ptrdiff_t winogradScratch(const WinogradPass *pass) { return divideScratch(pass).end; }

INLINE TileRange tilesOf(const WinogradPass *pass, ptrdiff_t block) {
  TileRange tiles;
  tiles.across = divideUp(pass->width, TILE);
  tiles.total = divideUp(pass->height, TILE) * tiles.across;
  ptrdiff_t step = pass->panelsPerBlock * PANEL;
  tiles.first = smaller(block * step, tiles.total);
  tiles.count = smaller(step, tiles.total - tiles.first);
  return tiles;
}

/// Brings near what the tiles cover of a picture, part `part` of `parts`, so that the transforms
/// need not wait for it: memory is idle while the processor multiplies.
INLINE void prefetchTiles(const void *picture, bool isBrain, ptrdiff_t height, ptrdiff_t width,
                          ptrdiff_t channels, ptrdiff_t wanted, ptrdiff_t side, TileRange tiles,
                          ptrdiff_t part, ptrdiff_t parts) {
  ptrdiff_t pixels = tiles.count * side * side;
  for (ptrdiff_t i = pixels * part / parts; i < pixels * (part + 1) / parts; i++) {
    ptrdiff_t tile = tiles.first + i / (side * side);
    ptrdiff_t y = tile / tiles.across * side + i / side % side;
    ptrdiff_t x = tile % tiles.across * side + i % side;
    if (y >= height || x >= width) continue;
    const char *pixel = elementAt(picture, (y * width + x) * channels, isBrain);
    for (ptrdiff_t byte = 0; byte < (isBrain ? 2 : 4) * wanted; byte += 64)
      __builtin_prefetch(pixel + byte, 0, 2);
  }
}

/// Transforms the block's tiles; rows that fill up the last panel are zero.
INLINE void transformInputs(const WinogradPass *pass, TileRange tiles, float *to,
                            ptrdiff_t stride) {
  ptrdiff_t rows = divideUp(tiles.count, PANEL) * PANEL;
  for (ptrdiff_t row = 0; row < rows; row++) {
    ptrdiff_t tile = tiles.first + row;
    float *rowTo = to + row / PANEL * PANEL * pass->inputs + row % PANEL * GROUP;
    if (row < tiles.count) {
      transformInput(pass, tile / tiles.across, tile % tiles.across, rowTo, stride);
      continue;
    }
    for (int k = 0; k < COEFFICIENTS; k++)
      for (ptrdiff_t channel = 0; channel < pass->inputs; channel += GROUP)
        __builtin_memset(rowTo + k * stride + channel * PANEL, 0, GROUP * sizeof(float));
  }
}

/// Number of a strip among those of an output pass, in the order in which they are multiplied.
typedef struct {
  ptrdiff_t k, inner, group;
} Position;

INLINE Position following(Position p, ptrdiff_t inputs, ptrdiff_t groups) {
  p.group += STRIPS;
  if (p.group < groups) return p;
  p.group = 0, p.inner += INNER;
  if (p.inner < inputs) return p;
  p.inner = 0, p.k++;
  return p;
}

/// Multiplies all panels with the strips at a position.
INLINE void multiplyPanels(const WinogradPass *pass, const WinogradScratch *parts, float *scratch,
                           ptrdiff_t panels, Position at, Position next, ptrdiff_t firstGroup,
                           ptrdiff_t groups) {
  ptrdiff_t depth = smaller(INNER, pass->inputs - at.inner);
  const float *strips[2] = {NULL, NULL};
  Prefetch prefetch[2];
  for (int i = 0; i < STRIPS && at.group + i < groups; i++) {
    Strip strip = stripAt(pass, at.k, firstGroup + at.group + i, at.inner / GROUP);
    float *room = scratch + parts->strips + i * INNER * GROUP;
    strips[i] = readyStrip(pass, strip, depth / GROUP, room);
    prefetch[i] = prefetchOf(
        pass, stripAt(pass, next.k % COEFFICIENTS, firstGroup + next.group + i, next.inner / GROUP),
        panels);
  }
  const float *a = scratch + at.k * parts->inputStride + at.inner * PANEL;
  float *c = scratch + parts->output + at.k * parts->outputStride + at.group * PANEL * GROUP;
  bool hasSecond = strips[1] != NULL;
  for (ptrdiff_t panel = 0; panel < panels; panel++) {
    multiplyStrips(a, strips[0], strips[1], hasSecond, depth / GROUP, c, c + PANEL * GROUP, GROUP,
                   at.inner == 0, &prefetch[hasSecond ? panel % STRIPS : 0]);
    a += PANEL * pass->inputs;
    c += PANEL * GROUP * groups;
  }
}

static void winograd(const WinogradPass *pass, ptrdiff_t block, ptrdiff_t firstOutput,
                     ptrdiff_t endOutput, float *scratch) {
  WinogradScratch parts = divideScratch(pass);
  TileRange tiles = tilesOf(pass, block), nextTiles = tilesOf(pass, block + pass->blocksAtOnce);
  if (pass->blocksAtOnce == 0) nextTiles.count = 0;
  ptrdiff_t panels = divideUp(tiles.count, PANEL), side = pass->choices ? TILE / 2 : TILE;
  ptrdiff_t rounds = divideUp(endOutput - firstOutput, pass->outputsPerPass), round = 0;

  transformInputs(pass, tiles, scratch, parts.inputStride);

  for (ptrdiff_t output = firstOutput; output < endOutput;
       output += pass->outputsPerPass, round++) {
    ptrdiff_t outputs = smaller(pass->outputsPerPass, endOutput - output), groups = outputs / GROUP;
    ptrdiff_t steps = COEFFICIENTS * divideUp(pass->inputs, INNER) * divideUp(groups, STRIPS),
              step = 0;
    for (Position at = {0, 0, 0}, next; at.k < COEFFICIENTS; at = next, step++) {
      next = following(at, pass->inputs, groups);
      multiplyPanels(pass, &parts, scratch, panels, at, next, output / GROUP, groups);
      if (pass->destination)
        prefetchTiles(elementAt(pass->destination, output, pass->isBrain), pass->isBrain,
                      pass->height, pass->width, pass->outputs, outputs, TILE, tiles, step, steps);
      prefetchTiles(pass->source, pass->isBrain, pass->height * side / TILE, pass->width * side / TILE,
                    pass->inputs, pass->inputs, side, nextTiles, round * steps + step,
                    rounds * steps);
    }
    for (ptrdiff_t row = 0; row < tiles.count; row++) {
      ptrdiff_t tile = tiles.first + row;
      const float *from =
          scratch + parts.output + row / PANEL * PANEL * outputs + row % PANEL * GROUP;
      transformOutput(pass, from, parts.outputStride, groups, tile / tiles.across,
                      tile % tiles.across, output);
    }
  }
}
