#include "codecs.h"

#include <stdlib.h>
#include <string.h>

void codec_header_turn(codec_header *header, uint32_t width, uint32_t height, int orientation) {
  bool transposed = orientation >= 5;
  header->width = transposed ? height : width;
  header->height = transposed ? width : height;
}

// Places the stored pixel (0, 0) and its neighbors in the upright picture, which is `across` pixels
// wide: EXIF 2.32, 4.6.4, "the 0th row is at the visual top, the 0th column at the left" and so on.
static void place(codec_canvas *canvas, int orientation) {
  ptrdiff_t w = canvas->width, h = canvas->height;
  switch (orientation) {
    case 2: canvas->origin = w - 1, canvas->across = -1, canvas->down = w; break;
    case 3: canvas->origin = w * h - 1, canvas->across = -1, canvas->down = -w; break;
    case 4: canvas->origin = w * (h - 1), canvas->across = 1, canvas->down = -w; break;
    case 5: canvas->origin = 0, canvas->across = h, canvas->down = 1; break;
    case 6: canvas->origin = h - 1, canvas->across = h, canvas->down = -1; break;
    case 7: canvas->origin = w * h - 1, canvas->across = -h, canvas->down = -1; break;
    case 8: canvas->origin = h * (w - 1), canvas->across = -h, canvas->down = 1; break;
    default: canvas->origin = 0, canvas->across = 1, canvas->down = w; break;
  }
}

bool codec_canvas_open(
  codec_canvas *canvas, const codec_header *header, uint8_t *rgb, uint8_t *alpha, uint32_t width,
  uint32_t height, int orientation, codec_color color) {
  *canvas = (codec_canvas){
    .rgb = rgb, .alpha = alpha, .width = width, .height = height, .color = color};
  codec_header turned = *header;
  codec_header_turn(&turned, width, height, orientation);
  if (turned.width != header->width || turned.height != header->height) return false;
  place(canvas, orientation);
  canvas->samples = malloc((size_t)width * 4);
  canvas->converted = malloc((size_t)width * 3);
  return canvas->samples && canvas->converted;
}

// Splits alpha off a row; returns the color samples, contiguous.
static const uint8_t *split_alpha(codec_canvas *canvas, uint32_t y, const uint8_t *row) {
  int components = canvas->color.components;
  uint8_t *samples = canvas->samples;
  ptrdiff_t target = canvas->origin + canvas->down * (ptrdiff_t)y;
  for (uint32_t x = 0; x < canvas->width; x++) {
    for (int c = 0; c < components; c++) *samples++ = *row++;
    if (canvas->alpha) canvas->alpha[target] = *row;
    row++;
    target += canvas->across;
  }
  return canvas->samples;
}

void codec_canvas_put(
  codec_canvas *canvas, uint32_t y, const uint8_t *row, bool interleaved_alpha) {
  const uint8_t *samples = interleaved_alpha ? split_alpha(canvas, y, row) : row;
  ptrdiff_t target = canvas->origin + canvas->down * (ptrdiff_t)y;
  if (canvas->across == 1) {
    codec_color_convert(&canvas->color, samples, canvas->rgb + 3 * target, canvas->width);
    return;
  }
  const uint8_t *from = canvas->converted;
  codec_color_convert(&canvas->color, samples, canvas->converted, canvas->width);
  for (uint32_t x = 0; x < canvas->width; x++, from += 3, target += canvas->across) {
    memcpy(canvas->rgb + 3 * target, from, 3);
  }
}

void codec_canvas_close(codec_canvas *canvas) {
  free(canvas->samples);
  free(canvas->converted);
  codec_color_close(&canvas->color);
}
