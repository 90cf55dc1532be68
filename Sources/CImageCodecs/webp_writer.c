#include "codecs.h"

#include <stdio.h>
#include <webp/encode.h>

enum { QUALITY = 95 };

static int on_write(const uint8_t *bytes, size_t count, const WebPPicture *picture) {
  return codec_output_append(picture->custom_ptr, bytes, count);
}

static void fill(WebPPicture *picture, const codec_pixels *pixels) {
  const uint8_t *rgb = pixels->rgb;
  const uint8_t *alpha = pixels->alpha;
  for (uint32_t y = 0; y < pixels->height; y++) {
    uint32_t *row = picture->argb + (size_t)y * (size_t)picture->argb_stride;
    for (uint32_t x = 0; x < pixels->width; x++, rgb += 3) {
      uint32_t opacity = alpha ? *alpha++ : 255;
      row[x] = opacity << 24 | (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    }
  }
}

static codec_status status_of(const WebPPicture *picture, char *message) {
  switch (picture->error_code) {
    case VP8_ENC_ERROR_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BAD_WRITE:  // ours fails for want of memory only
      return codec_fail(message, CODEC_OUT_OF_MEMORY, "");
    default: {
      char text[64];
      snprintf(text, sizeof text, "libwebp reports error %d", picture->error_code);
      return codec_fail(message, CODEC_UNSUPPORTED, text);
    }
  }
}

codec_status codec_webp_write(const codec_pixels *pixels, codec_output *output) {
  WebPConfig config;
  WebPPicture picture;
  if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, QUALITY) || !WebPPictureInit(&picture)) {
    return codec_fail(pixels->message, CODEC_UNSUPPORTED, "another version of libwebp");
  }
  if (pixels->width > WEBP_MAX_DIMENSION || pixels->height > WEBP_MAX_DIMENSION) {
    return codec_fail(
      pixels->message, CODEC_UNSUPPORTED, "a WebP picture has at most 16383 pixels a side");
  }
  config.use_sharp_yuv = 1;  // WebP halves the resolution of color; this loses least by it
  config.exact = 1;          // keep the color under transparent pixels
  picture.use_argb = 1;
  picture.width = (int)pixels->width;
  picture.height = (int)pixels->height;
  picture.writer = on_write;
  picture.custom_ptr = output;
  codec_status status = CODEC_OK;
  if (WebPPictureAlloc(&picture)) fill(&picture, pixels);
  if (!picture.argb || !WebPEncode(&config, &picture)) status = status_of(&picture, pixels->message);
  WebPPictureFree(&picture);
  return status;
}
