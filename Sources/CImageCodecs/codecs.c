#include "codecs.h"

#include <stdlib.h>
#include <string.h>

codec_status codec_fail(char *message, codec_status status, const char *text) {
  size_t length = strnlen(text, CODEC_MESSAGE_SIZE - 1);
  memcpy(message, text, length);
  message[length] = 0;
  return status;
}

bool codec_output_append(codec_output *output, const uint8_t *bytes, size_t count) {
  if (count > SIZE_MAX / 4 - output->count) return false;
  if (output->count + count > output->capacity) {
    size_t capacity = output->capacity ? output->capacity : 1 << 16;
    while (capacity < output->count + count) capacity *= 2;
    uint8_t *grown = realloc(output->bytes, capacity);
    if (!grown) return false;
    output->bytes = grown;
    output->capacity = capacity;
  }
  if (count) memcpy(output->bytes + output->count, bytes, count);
  output->count += count;
  return true;
}

// The first bytes decide, whatever the file is called.
static codec_reader *recognize(const codec_source *source, codec_format *format) {
  const uint8_t *bytes = source->bytes;
  if (source->count >= 8 && !memcmp(bytes, "\x89PNG\r\n\x1a\n", 8)) {
    *format = CODEC_PNG;
    return codec_png_read;
  }
  if (source->count >= 3 && !memcmp(bytes, "\xff\xd8\xff", 3)) {
    *format = CODEC_JPEG;
    return codec_jpeg_read;
  }
  if (source->count >= 12 && !memcmp(bytes, "RIFF", 4) && !memcmp(bytes + 8, "WEBP", 4)) {
    *format = CODEC_WEBP;
    return codec_webp_read;
  }
  return NULL;
}

codec_status codec_inspect(
  const uint8_t *bytes, size_t count, codec_header *header, char *message) {
  codec_source source = {bytes, count, message};
  codec_reader *read = recognize(&source, &header->format);
  if (!read) return codec_fail(message, CODEC_UNRECOGNIZED, "");
  return read(&source, header, NULL, NULL);
}

codec_status codec_decode(
  const uint8_t *bytes, size_t count, const codec_header *header, uint8_t *rgb, uint8_t *alpha,
  char *message) {
  codec_source source = {bytes, count, message};
  codec_header expected = *header;
  codec_reader *read = recognize(&source, &expected.format);
  if (!read) return codec_fail(message, CODEC_UNRECOGNIZED, "");
  return read(&source, &expected, rgb, alpha);
}

codec_status codec_encode(
  codec_format format, const uint8_t *rgb, const uint8_t *alpha, uint32_t width, uint32_t height,
  int jpeg_quality, uint8_t **bytes, size_t *count, char *message) {
  static codec_writer *const writers[] = {codec_png_write, codec_jpeg_write, codec_webp_write};
  codec_pixels pixels = {rgb, alpha, width, height, jpeg_quality, message};
  codec_output output = {0};
  codec_status status = writers[format](&pixels, &output);
  if (status != CODEC_OK) {
    free(output.bytes);
    return status;
  }
  *bytes = output.bytes;
  *count = output.count;
  return CODEC_OK;
}
