// From the stored filter to the strips that the product takes.
//
// One stored set serves both directions: the adjoint needs the same blocks, transposed. They are
// transposed, and widened from half precision, on their way into the first cache, once for all the
// tiles of a block.

/// The inner dimension is cut so that a strip of weights stays in half of the first cache.
#define INNER 256

/// Where the blocks of a strip are: index of the first, and how many blocks on the next is.
typedef struct {
  ptrdiff_t first, step;
} Strip;

/// The strip of outputs [16 output, 16 output + 16) from input group `input` on, of coefficient
/// `k`.
INLINE Strip stripAt(const WinogradPass *pass, ptrdiff_t k, ptrdiff_t output, ptrdiff_t input) {
  ptrdiff_t inputs = pass->inputs / GROUP, outputs = pass->outputs / GROUP;
  if (pass->isAdjoint) return (Strip){(k * inputs + input) * outputs + output, outputs};
  return (Strip){(k * outputs + output) * inputs + input, 1};
}

/// Makes `chunks` blocks of a strip ready in `scratch`, or finds them ready where they are.
INLINE const float *readyStrip(const WinogradPass *pass, Strip strip, ptrdiff_t chunks,
                               float *scratch) {
  if (pass->weights && !pass->isAdjoint) return pass->weights + strip.first * BLOCK;
  // Out of the pass, which the stores below could otherwise change as far as the compiler knows.
  const uint16_t *half = pass->halfWeights;
  float scale = pass->halfScale;
  for (ptrdiff_t chunk = 0; chunk < chunks; chunk++) {
    ptrdiff_t offset = (strip.first + chunk * strip.step) * BLOCK;
    float wide[BLOCK] __attribute__((aligned(64)));
    const float *from = pass->weights + offset;
    float *to = scratch + chunk * BLOCK;
    if (half) {
      float *into = pass->isAdjoint ? wide : to;
      for (int i = 0; i < BLOCK; i += LANES)
        store(into + i, widen(half + offset + i) * scale);
      from = into;
    }
    if (pass->isAdjoint) transposeBlock(from, to);
  }
  return scratch;
}

/// The strip's lines, to be fetched in the course of `panels` products with another.
INLINE Prefetch prefetchOf(const WinogradPass *pass, Strip strip, ptrdiff_t panels) {
  const char *weights =
      pass->halfWeights ? (const char *)pass->halfWeights : (const char *)pass->weights;
  ptrdiff_t bytes = BLOCK * (pass->halfWeights ? 2 : 4);
  Prefetch prefetch = {weights + strip.first * bytes, strip.step * bytes, pass->halfWeights ? 3 : 4,
                       0, 1};
  while (prefetch.lines * panels < STRIPS << prefetch.shift && prefetch.lines < 1 << prefetch.shift)
    prefetch.lines *= 2;
  return prefetch;
}
