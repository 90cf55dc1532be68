// Vectors of LANES floats, in the compiler's own notation.

#define INLINE static inline __attribute__((always_inline))

typedef float Vector __attribute__((vector_size(4 * LANES)));
typedef float UnalignedVector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t Lanes __attribute__((vector_size(4 * LANES)));
typedef bool LaneBits __attribute__((ext_vector_type(LANES)));

/// Channels travel in groups of 16 at every level.
#define GROUP 16
#define VECTORS (GROUP / LANES)

/// 16 x 16 weights.
#define BLOCK (GROUP * GROUP)

INLINE ptrdiff_t smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
INLINE ptrdiff_t divideUp(ptrdiff_t a, ptrdiff_t b) { return (a + b - 1) / b; }

INLINE Vector load(const float *from) { return *(const UnalignedVector *)from; }
INLINE void store(float *to, Vector v) { *(UnalignedVector *)to = v; }
INLINE Vector splat(float x) { return x - (Vector){}; }

/// `a` where the lane is set, else `b`, else zero.
INLINE Vector choose(Lanes lanes, Vector a, Vector b) {
  return (Vector)((lanes & (Lanes)a) | (~lanes & (Lanes)b));
}
INLINE Vector keep(Lanes lanes, Vector a) { return (Vector)(lanes & (Lanes)a); }

/// A bit for each lane that is set, at the place of vector `v` in a group's word.
INLINE uint32_t bitsOf(Lanes lanes, int v) {
  LaneBits flags = __builtin_convertvector(lanes, LaneBits);
#if LANES == 16
  uint16_t bits;
#else
  uint8_t bits;
#endif
  __builtin_memcpy(&bits, &flags, sizeof bits);
#if LANES == 4
  bits &= 15;
#endif
  return (uint32_t)bits << (v * LANES);
}

/// The lanes of vector `v` whose bit in its group's word is set.
INLINE Lanes lanesOf(uint32_t bits, int v) {
  Lanes own;
  for (int i = 0; i < LANES; i++) own[i] = 1 << i;
  Lanes word = (int32_t)(bits >> (v * LANES)) - (Lanes){};
  return (word & own) == own;
}

/// Adds bits to a group's word; vector 0 comes first and clears what was there.
INLINE void mergeBits16(uint16_t *word, uint32_t bits, int v) {
  *word = (uint16_t)((v == 0 ? 0 : *word) | bits);
}
INLINE void mergeBits32(uint32_t *word, uint32_t bits, int v) {
  *word = (v == 0 ? 0 : *word) | bits;
}

typedef uint16_t Words __attribute__((vector_size(2 * LANES)));
typedef uint32_t WideWords __attribute__((vector_size(4 * LANES)));

/// Elements from number `i` on, of a tensor in float32 or bfloat16.
INLINE Vector loadElements(const void *from, ptrdiff_t i, bool isBrain) {
  if (!isBrain) return load((const float *)from + i);
  Words words;
  __builtin_memcpy(&words, (const uint16_t *)from + i, sizeof words);
  return (Vector)(__builtin_convertvector(words, WideWords) << 16);
}

/// The other way: rounds to the nearest, ties away from zero.
INLINE void storeElements(void *to, ptrdiff_t i, Vector v, bool isBrain) {
  if (!isBrain) {
    store((float *)to + i, v);
    return;
  }
  Words words = __builtin_convertvector(((WideWords)v + 0x8000) >> 16, Words);
  __builtin_memcpy((uint16_t *)to + i, &words, sizeof words);
}

/// One of them.
INLINE float elementOf(const void *from, ptrdiff_t i, bool isBrain) {
  if (!isBrain) return ((const float *)from)[i];
  uint32_t bits = (uint32_t)((const uint16_t *)from)[i] << 16;
  float element;
  __builtin_memcpy(&element, &bits, sizeof element);
  return element;
}

/// Where element `i` of a tensor is.
INLINE const void *elementAt(const void *from, ptrdiff_t i, bool isBrain) {
  return (const char *)from + (isBrain ? 2 : 4) * i;
}

/// Numbers in half precision, IEEE binary16, at full width.
INLINE Vector widen(const uint16_t *from) {
#if LANES == 4
  // Exponent and fraction move to where float32 has them; a factor of 2^112 corrects the exponent's
  // bias, of subnormal numbers too.
  uint16_t halves __attribute__((vector_size(8)));
  __builtin_memcpy(&halves, from, sizeof halves);
  Lanes bits = __builtin_convertvector(halves, Lanes);
  Vector magnitude = (Vector)((bits & 0x7fff) << 13) * 0x1p112f;
  return (Vector)((Lanes)magnitude | (bits & 0x8000) << 16);
#else
  _Float16 halves __attribute__((vector_size(2 * LANES)));
  __builtin_memcpy(&halves, from, sizeof halves);
  return __builtin_convertvector(halves, Vector);
#endif
}

/// Interleaves the lower, and the upper, halves of each 128 bits.
#if LANES == 4
#define INTERLEAVE_LOWER(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define INTERLEAVE_UPPER(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#elif LANES == 8
#define INTERLEAVE_LOWER(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define INTERLEAVE_UPPER(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#else
#define INTERLEAVE_LOWER(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define INTERLEAVE_UPPER(a, b) \
  __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#endif

/// Writes the transpose of a 16 x 16 block.
INLINE void transposeBlock(const float *from, float *to) {
  for (int v = 0; v < VECTORS; v++)
    for (int column = 0; column < GROUP; column += 4) {
      // Quarter q of vector r holds four columns of row r + 4q; then each 128 bits are a 4 x 4
      // block.
      Vector rows[4];
      for (int r = 0; r < 4; r++)
        for (int q = 0; q < LANES / 4; q++)
          __builtin_memcpy((char *)&rows[r] + 16 * q,
                           from + (v * LANES + 4 * q + r) * GROUP + column, 16);
      Vector even = INTERLEAVE_LOWER(rows[0], rows[2]), odd = INTERLEAVE_LOWER(rows[1], rows[3]);
      Vector even2 = INTERLEAVE_UPPER(rows[0], rows[2]), odd2 = INTERLEAVE_UPPER(rows[1], rows[3]);
      float *into = to + column * GROUP + v * LANES;
      store(into, INTERLEAVE_LOWER(even, odd));
      store(into + GROUP, INTERLEAVE_UPPER(even, odd));
      store(into + 2 * GROUP, INTERLEAVE_LOWER(even2, odd2));
      store(into + 3 * GROUP, INTERLEAVE_UPPER(even2, odd2));
    }
}
