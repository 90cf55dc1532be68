// The matrix product at the heart of it all: a panel of PANEL rows times 16 columns, 32 at AVX-512.
//
// A panel is stored in chunks of 16 along the inner dimension, (inner / 16, PANEL, 16), a strip of
// columns as (inner, 16): every address in the loop is a constant away from one of three pointers.

/// Lines of 64 bytes to bring near while a strip is multiplied: those of the next one, in order.
typedef struct {
  const char *from;
  /// Bytes from one chunk of the strip to the next; a chunk has 2^shift lines.
  ptrdiff_t step;
  int shift;
  /// The next line's number, and how many are fetched at a time: a power of two, at most 2^shift.
  ptrdiff_t line, lines;
} Prefetch;

INLINE void advance(Prefetch *next) {
  const char *from = next->from + (next->line >> next->shift) * next->step +
                     (next->line & ((1 << next->shift) - 1)) * 64;
#pragma clang loop unroll(disable)
  for (ptrdiff_t i = 0; i < next->lines; i++) __builtin_prefetch(from + 64 * i, 0, 2);
  next->line += next->lines;
}

/// c = (isFirst ? 0 : c) + a b. `b0` and `b1` are two vectors of columns, `c0` and `c1` of results;
/// rows of the result lie `rowStep` floats apart.
///
/// Unrolled further than by two the loop is 10 % slower on Zen 3: longer offsets make longer
/// instructions.
static __attribute__((noinline)) void multiplyPanel(const float *a, const float *b0,
                                                    const float *b1, ptrdiff_t chunks, float *c0,
                                                    float *c1, ptrdiff_t rowStep, bool isFirst,
                                                    Prefetch *next) {
  Vector sums[PANEL][2];
#pragma clang loop unroll(full)
  for (int row = 0; row < PANEL; row++) {
    sums[row][0] = isFirst ? splat(0) : load(c0 + row * rowStep);
    sums[row][1] = isFirst ? splat(0) : load(c1 + row * rowStep);
  }
  for (; chunks > 0; chunks--, a += PANEL * GROUP, b0 += BLOCK, b1 += BLOCK) {
    advance(next);
#pragma clang loop unroll_count(2)
    for (int k = 0; k < GROUP; k++) {
      Vector x = load(b0 + k * GROUP), y = load(b1 + k * GROUP);
#pragma clang loop unroll(full)
      for (int row = 0; row < PANEL; row++) {
        Vector factor = splat(a[row * GROUP + k]);
        sums[row][0] += factor * x;
        sums[row][1] += factor * y;
      }
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < PANEL; row++) {
    store(c0 + row * rowStep, sums[row][0]);
    store(c1 + row * rowStep, sums[row][1]);
  }
}

/// Strips that one product takes at once.
#define STRIPS (LANES == 16 ? 2 : 1)

/// The product of a panel with `STRIPS` strips; `hasSecond` is false where there is but one left.
INLINE void multiplyStrips(const float *a, const float *strip, const float *second, bool hasSecond,
                           ptrdiff_t chunks, float *c, float *secondC, ptrdiff_t rowStep,
                           bool isFirst, Prefetch *next) {
#if LANES == 16
  // A lone strip is multiplied twice.
  multiplyPanel(a, strip, hasSecond ? second : strip, chunks, c, hasSecond ? secondC : c, rowStep,
                isFirst, next);
#else
  (void)second, (void)hasSecond, (void)secondC;
  for (int v = 0; v < VECTORS; v += 2)
    multiplyPanel(a, strip + v * LANES, strip + (v + 1) * LANES, chunks, c + v * LANES,
                  c + (v + 1) * LANES, rowStep, isFirst, next);
#endif
}
