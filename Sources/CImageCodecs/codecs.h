// What the codecs share among each other.

#ifndef CODECS_H
#define CODECS_H

#include "CImageCodecs.h"

// A file in memory and where to say what is wrong with it.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  char *message;
} codec_source;

// Profiles and EXIF blocks beyond these sizes are ignored. A CMYK profile has up to 3 MB; the
// orientation stands at the start of the EXIF block, which in a JPEG has at most 64 KB.
enum { CODEC_MAX_PROFILE = 16 << 20, CODEC_MAX_EXIF = 1 << 16 };

// --- color.c: samples -> sRGB

// How the samples of a row become sRGB.
typedef struct {
  int components;   // 1 gray, 3 RGB, 4 CMYK as in JPEG files, where 255 stands for no ink
  void *transform;  // of lcms2; NULL where the samples are taken for sRGB
} codec_color;

// Prepares the conversion from an ICC profile; one that is absent, broken or made for other
// samples is ignored, as picture viewers do.
codec_color codec_color_open(int components, const uint8_t *profile, size_t profile_size);
// Converts `width` pixels of `components` contiguous samples.
void codec_color_convert(
  const codec_color *color, const uint8_t *samples, uint8_t *rgb, uint32_t width);
void codec_color_close(codec_color *color);

// --- canvas.c: rows as stored -> pixels as displayed

// Where decoded rows go: alpha is split off, colors are converted, pixels are put upright.
typedef struct {
  uint8_t *rgb, *alpha;        // the whole upright picture; alpha may be NULL
  uint32_t width, height;      // as stored
  ptrdiff_t origin, across, down;  // in pixels: where (0, 0) goes, and the steps from there
  codec_color color;
  uint8_t *samples, *converted;  // one row without alpha, one row in sRGB
} codec_canvas;

// Prepares a picture of `width` x `height` stored pixels; false if there is no memory.
//
// Fails also if `header`, for which rgb and alpha were allocated, does not fit: that would be our
// bug, but is cheap to rule out. Owns `color`.
bool codec_canvas_open(
  codec_canvas *canvas, const codec_header *header, uint8_t *rgb, uint8_t *alpha, uint32_t width,
  uint32_t height, int orientation, codec_color color);
// Puts the stored row `y`: interleaved color samples, with alpha as each pixel's last sample if
// `interleaved_alpha`.
void codec_canvas_put(
  codec_canvas *canvas, uint32_t y, const uint8_t *row, bool interleaved_alpha);
void codec_canvas_close(codec_canvas *canvas);

// Sets the displayed size from the stored one.
void codec_header_turn(codec_header *header, uint32_t width, uint32_t height, int orientation);

// --- orientation.c

// The EXIF orientation, 1...8 (TIFF 6.0, page 36); 1 if there is none or it makes no sense.
//
// exif: a TIFF structure, with or without the "Exif\0\0" that precedes it in JPEG files.
int codec_orientation(const uint8_t *exif, size_t count);

// --- png_reader.c, jpeg_reader.c, webp_reader.c

// Each reads the header, and, if `rgb` is not NULL, the pixels of the size in `*header`.
typedef codec_status codec_reader(
  const codec_source *source, codec_header *header, uint8_t *rgb, uint8_t *alpha);
codec_reader codec_png_read, codec_jpeg_read, codec_webp_read;

// --- png_writer.c, jpeg_writer.c, webp_writer.c

// Pixels to encode.
typedef struct {
  const uint8_t *rgb, *alpha;  // alpha may be NULL
  uint32_t width, height;
  int jpeg_quality;  // 1...100
  char *message;
} codec_pixels;

// Encoded bytes; grows as they come.
typedef struct {
  uint8_t *bytes;
  size_t count, capacity;
} codec_output;

// Adds bytes; false if there is no memory.
bool codec_output_append(codec_output *output, const uint8_t *bytes, size_t count);

typedef codec_status codec_writer(const codec_pixels *pixels, codec_output *output);
codec_writer codec_png_write, codec_jpeg_write, codec_webp_write;

// --- codecs.c

// Copies text into `message`, cut to its size; returns `status`.
codec_status codec_fail(char *message, codec_status status, const char *text);

#endif
