// The filter's transform, U = G g G^T, done once and therefore in double precision.

typedef double Doubles __attribute__((vector_size(8 * LANES)));
typedef _Float16 Halves __attribute__((vector_size(2 * LANES)));

/// The rows of G, for the points 0, 1, -1, 1/2, -2 and infinity, applied to three taps; results are
/// `step` apart.
INLINE void transformThree(const Doubles *taps, ptrdiff_t tapStep, Doubles *t, ptrdiff_t step) {
  Doubles a = taps[0], b = taps[tapStep], c = taps[2 * tapStep];
  t[0] = a;
  t[step] = (a + b + c) / 3;
  t[2 * step] = (b - a - c) / 3;
  t[3 * step] = (-16 * a - 8 * b - 4 * c) / 15;
  t[4 * step] = (a - 2 * b + 4 * c) / 15;
  t[5 * step] = c;
}

static void winogradFilter(const float *filter, ptrdiff_t inputs, ptrdiff_t outputs, float *single,
                           uint16_t *half, float scale) {
  for (ptrdiff_t output = 0; output < outputs; output += LANES)
    for (ptrdiff_t input = 0; input < inputs; input++) {
      Doubles taps[9], rows[POINTS * 3], u[COEFFICIENTS];
      for (ptrdiff_t tap = 0; tap < 9; tap++)
        taps[tap] = __builtin_convertvector(
            load(filter + (tap * inputs + input) * outputs + output), Doubles);
      for (int column = 0; column < 3; column++) transformThree(taps + column, 3, rows + column, 3);
      for (int row = 0; row < POINTS; row++) transformThree(rows + 3 * row, 1, u + POINTS * row, 1);
      ptrdiff_t at = (output / GROUP * inputs + input) * GROUP + output % GROUP;
      for (int k = 0; k < COEFFICIENTS; k++, at += inputs * outputs) {
        if (single) {
          store(single + at, __builtin_convertvector(u[k], Vector));
        } else {
          Halves narrow =
              __builtin_convertvector(__builtin_convertvector(u[k] * scale, Vector), Halves);
          __builtin_memcpy(half + at, &narrow, sizeof narrow);
        }
      }
    }
}
