#include "codecs.h"

#include <lcms2.h>
#include <string.h>

// The rendering intent is perceptual, without black-point compensation for matrix profiles of
// version 2: what Pillow's ImageCms.profileToProfile does unless told otherwise.
static cmsHTRANSFORM transform(int components, const uint8_t *profile, size_t profile_size) {
  static const struct {
    cmsColorSpaceSignature space;
    cmsUInt32Number layout;
  } kinds[] = {
    [1] = {cmsSigGrayData, TYPE_GRAY_8},
    [3] = {cmsSigRgbData, TYPE_RGB_8},
    [4] = {cmsSigCmykData, TYPE_CMYK_8_REV},
  };
  if (!profile || profile_size > CODEC_MAX_PROFILE) return NULL;
  cmsHPROFILE from = cmsOpenProfileFromMem(profile, (cmsUInt32Number)profile_size);
  if (!from) return NULL;
  cmsHTRANSFORM result = NULL;
  cmsHPROFILE to = cmsCreate_sRGBProfile();
  if (to && cmsGetColorSpace(from) == kinds[components].space) {
    result = cmsCreateTransform(
      from, kinds[components].layout, to, TYPE_RGB_8, INTENT_PERCEPTUAL, 0);
  }
  if (to) cmsCloseProfile(to);
  cmsCloseProfile(from);
  return result;
}

codec_color codec_color_open(int components, const uint8_t *profile, size_t profile_size) {
  return (codec_color){components, transform(components, profile, profile_size)};
}

static uint8_t scaled(uint32_t a, uint32_t b) {  // a * b / 255, rounded
  uint32_t product = a * b + 128;
  return (uint8_t)((product + (product >> 8)) >> 8);
}

// CMYK without a profile: black and each ink take their share of the light.
static void convert_inks(const uint8_t *inks, uint8_t *rgb, uint32_t width) {
  for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(inks[3] - scaled(255 - inks[c], inks[3]));
  }
}

void codec_color_convert(
  const codec_color *color, const uint8_t *samples, uint8_t *rgb, uint32_t width) {
  if (color->transform) {
    cmsDoTransform(color->transform, samples, rgb, width);
  } else if (color->components == 4) {
    convert_inks(samples, rgb, width);
  } else if (color->components == 1) {
    for (uint32_t x = 0; x < width; x++) memset(rgb + 3 * (size_t)x, samples[x], 3);
  } else {
    memcpy(rgb, samples, 3 * (size_t)width);
  }
}

void codec_color_close(codec_color *color) {
  if (color->transform) cmsDeleteTransform(color->transform);
  color->transform = NULL;
}
