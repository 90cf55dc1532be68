// What is done to each channel of a tensor by itself.

/// to = map(from) + addend, for floats [first, end); `first` is a multiple of the map's period.
static void mapChannels(const ChannelMap *map, const float *from, const float *addend,
                        float *to, ptrdiff_t first, ptrdiff_t end) {
  mapRun(map, from + first, to + first, end - first);
  if (!addend) return;
  ptrdiff_t i = first;
  for (; i + LANES <= end; i += LANES) store(to + i, load(to + i) + load(addend + i));
  for (; i < end; i++) to[i] += addend[i];
}

/// 1 / (1 + e^-x), to a few units in the last place.
///
/// e^r on |r| <= ln 2 / 2 by its Taylor series to the seventh power, whose remainder is below 1e-8.
INLINE Vector sigmoidOf(Vector x) {
  const float most = 87;  // beyond, the result is 0 or 1 to single precision
  Vector t = -x;
  t = choose(t < splat(most), t, splat(most));
  t = choose(t > splat(-most), t, splat(-most));
  Vector shifted = t * 1.44269504f + 0x1.8p23f;  // rounds to an integer in the low bits
  Vector n = shifted - 0x1.8p23f;
  Vector r = t - n * 0.693145752f - n * 1.42860677e-6f;  // ln 2 in two parts
  Vector e = splat(1.0f / 5040);
  e = e * r + 1.0f / 720;
  e = e * r + 1.0f / 120;
  e = e * r + 1.0f / 24;
  e = e * r + 1.0f / 6;
  e = e * r + 0.5f;
  e = e * r + 1.0f;
  e = e * r + 1.0f;
  Lanes exponent = __builtin_convertvector(n, Lanes) + 127;
  return 1.0f / (1.0f + e * (Vector)(exponent << 23));
}

/// to = sigmoid(map(from)) for floats [first, end); `first` is a multiple of the map's period.
static void sigmoid(const ChannelMap *map, const float *from, float *to, ptrdiff_t first,
                    ptrdiff_t end) {
  mapRun(map, from + first, to + first, end - first);
  ptrdiff_t i = first;
  for (; i + LANES <= end; i += LANES) store(to + i, sigmoidOf(load(to + i)));
  for (; i < end; i++) {
    float room[LANES] __attribute__((aligned(64))) = {0};
    room[0] = to[i];
    store(room, sigmoidOf(load(room)));
    to[i] = room[0];
  }
}
