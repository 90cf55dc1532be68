// PNG, JPEG and WebP files <-> 8-bit sRGB pixels, behind three functions without hidden state.
//
// It is C because libpng and libjpeg report errors by longjmp, which must not cross Swift frames.
// All functions may run on several threads at once. Input is hostile: whatever the bytes are, the
// result is pixels or a status, in time and memory bounded by the size of the picture and the file.

#ifndef C_IMAGE_CODECS_H
#define C_IMAGE_CODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  CODEC_PNG,
  CODEC_JPEG,
  CODEC_WEBP,
} codec_format;

typedef enum {
  CODEC_OK,
  CODEC_UNRECOGNIZED,   // the first bytes are of none of the three formats
  CODEC_DAMAGED,        // cut short, or contradicts its format
  CODEC_UNSUPPORTED,    // sound, but of a kind that is not read or cannot be written
  CODEC_OUT_OF_MEMORY,
} codec_status;

// What is known of a picture before a pixel is decoded.
typedef struct {
  codec_format format;
  uint32_t width, height;  // as displayed, that is, after the EXIF orientation is applied
  bool has_alpha;
} codec_header;

// The size of the buffers for messages: what a codec said, zero-terminated; may hold file bytes.
enum { CODEC_MESSAGE_SIZE = 200 };

// Reads the header; allocates nothing in proportion to the picture's size.
//
// `header->format` is set as soon as it is known, even if the rest fails.
codec_status codec_inspect(
  const uint8_t *bytes, size_t count, codec_header *header, char *message);

// Decodes upright sRGB pixels, converted from the embedded ICC profile if there is one.
//
// header: from `codec_inspect` on the same bytes.
// rgb: (height, width, 3). alpha: (height, width), straight; NULL if the header says no alpha.
// After a failure their content is unspecified.
codec_status codec_decode(
  const uint8_t *bytes, size_t count, const codec_header *header, uint8_t *rgb, uint8_t *alpha,
  char *message);

// Encodes sRGB pixels; `alpha` may be NULL and must be for JPEG, which `jpeg_quality`, 1...100, is for.
//
// On success `*bytes` is to be released with `free`.
codec_status codec_encode(
  codec_format format, const uint8_t *rgb, const uint8_t *alpha, uint32_t width, uint32_t height,
  int jpeg_quality, uint8_t **bytes, size_t *count, char *message);

enum { CODEC_VERSION_SIZE = 32 };

// The name of the library of this index, from 0, and its version; NULL beyond the last.
const char *codec_library(int index, char version[CODEC_VERSION_SIZE]);

#endif
