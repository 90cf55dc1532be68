#include "codecs.h"

#include <libexif/exif-data.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[6] = "Exif\0";  // and the second zero

static int orientation_entry(ExifData *data) {
  ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) {
    return 1;
  }
  int value = exif_get_short(entry->data, exif_data_get_byte_order(data));
  return value >= 1 && value <= 8 ? value : 1;
}

int codec_orientation(const uint8_t *exif, size_t count) {
  if (count >= sizeof prefix && !memcmp(exif, prefix, sizeof prefix)) {
    exif += sizeof prefix;
    count -= sizeof prefix;
  }
  if (count < 8) return 1;
  if (count > CODEC_MAX_EXIF) count = CODEC_MAX_EXIF;
  // libexif wants the prefix, which PNG and most WebP files leave out.
  uint8_t *block = malloc(sizeof prefix + count);
  ExifData *data = exif_data_new();
  int orientation = 1;
  if (block && data) {
    memcpy(block, prefix, sizeof prefix);
    memcpy(block + sizeof prefix, exif, count);
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);  // repair nothing
    exif_data_load_data(data, block, (unsigned int)(sizeof prefix + count));
    orientation = orientation_entry(data);
  }
  if (data) exif_data_unref(data);
  free(block);
  return orientation;
}
