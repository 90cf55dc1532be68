#include <lcms2.h>
#include <png.h>
#include <stdio.h>
#include <webp/decode.h>
#include <zlib.h>
// libjpeg's header needs these two first.
#include <stddef.h>
#include <jpeglib.h>

#include "CImageCodecs.h"

#define STRING_OF(token) #token
#define VALUE_OF(macro) STRING_OF(macro)

const char *codec_library(int index, char version[CODEC_VERSION_SIZE]) {
  int webp = WebPGetDecoderVersion();
  int lcms = cmsGetEncodedCMMversion();
  switch (index) {
  case 0:
    snprintf(version, CODEC_VERSION_SIZE, "%s", png_get_libpng_ver(NULL));
    return "libpng";
  case 1:
    snprintf(version, CODEC_VERSION_SIZE, "%s", VALUE_OF(LIBJPEG_TURBO_VERSION));
    return "libjpeg-turbo";
  case 2:
    snprintf(version, CODEC_VERSION_SIZE, "%d.%d.%d", webp >> 16, webp >> 8 & 255, webp & 255);
    return "libwebp";
  case 3:
    snprintf(version, CODEC_VERSION_SIZE, "%d.%02d", lcms / 1000, lcms % 1000 / 10);
    return "lcms2";
  case 4:
    snprintf(version, CODEC_VERSION_SIZE, "%s", zlibVersion());
    return "zlib";
  default:
    return NULL;
  }
}
