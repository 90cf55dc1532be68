// The optimizer's step (Kingma and Ba 2015), in one pass over the picture.

INLINE void adamVector(const AdamPass *pass, const float *gradient, float *mean,
                       float *meanSquare, float *image) {
  Vector g = load(gradient) * pass->gradientScale;
  Vector m = load(mean) + (1 - pass->beta1) * (g - load(mean));
  Vector s = pass->beta2 * load(meanSquare) + (1 - pass->beta2) * g * g;
  Vector deviation = __builtin_elementwise_sqrt(s) / pass->rootCorrection + pass->epsilon;
  Vector x = load(image) - pass->stepSize * m / deviation;
  x = keep(x > 0, x);
  store(mean, m);
  store(meanSquare, s);
  store(image, choose(x > 1, splat(1), x));
}

/// Elements [first, end).
static void adam(const AdamPass *pass, ptrdiff_t first, ptrdiff_t end) {
  ptrdiff_t i = first;
  for (; i + LANES <= end; i += LANES)
    adamVector(pass, pass->gradient + i, pass->mean + i, pass->meanSquare + i, pass->image + i);
  if (i == end) return;
  // The rest by way of a vector's room, so that each element is rounded alike.
  float room[4][LANES] __attribute__((aligned(64))) = {{0}};
  size_t bytes = (size_t)(end - i) * sizeof(float);
  __builtin_memcpy(room[0], pass->gradient + i, bytes);
  __builtin_memcpy(room[1], pass->mean + i, bytes);
  __builtin_memcpy(room[2], pass->meanSquare + i, bytes);
  __builtin_memcpy(room[3], pass->image + i, bytes);
  adamVector(pass, room[0], room[1], room[2], room[3]);
  __builtin_memcpy(pass->mean + i, room[1], bytes);
  __builtin_memcpy(pass->meanSquare + i, room[2], bytes);
  __builtin_memcpy(pass->image + i, room[3], bytes);
}
