#include "codecs.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static int orientation(const WebPDemuxer *demuxer) {
  WebPChunkIterator chunk;
  int result = 1;
  if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk)) {
    result = codec_orientation(chunk.chunk.bytes, chunk.chunk.size);
    WebPDemuxReleaseChunkIterator(&chunk);
  }
  return result;
}

static codec_color color(const WebPDemuxer *demuxer) {
  WebPChunkIterator chunk;
  if (!WebPDemuxGetChunk(demuxer, "ICCP", 1, &chunk)) return codec_color_open(3, NULL, 0);
  codec_color result = codec_color_open(3, chunk.chunk.bytes, chunk.chunk.size);
  WebPDemuxReleaseChunkIterator(&chunk);
  return result;
}

static codec_status status_of(VP8StatusCode code, char *message) {
  switch (code) {
    case VP8_STATUS_OK: return CODEC_OK;
    case VP8_STATUS_OUT_OF_MEMORY: return codec_fail(message, CODEC_OUT_OF_MEMORY, "");
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
      return codec_fail(message, CODEC_DAMAGED, "premature end of file");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
      return codec_fail(message, CODEC_UNSUPPORTED, "a feature that libwebp does not know");
    default: return codec_fail(message, CODEC_DAMAGED, "invalid bit stream");
  }
}

// Decodes a frame to where it lies on the canvas; what it does not cover stays transparent.
static codec_status decode_frame(
  const WebPIterator *frame, uint8_t *pixels, uint32_t width, int samples, char *message) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) {
    return codec_fail(message, CODEC_UNSUPPORTED, "another version of libwebp");
  }
  size_t stride = (size_t)width * (size_t)samples;
  size_t start = (size_t)frame->y_offset * stride + (size_t)(frame->x_offset * samples);
  config.output.colorspace = samples == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels + start;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size =
    stride * (size_t)(frame->height - 1) + (size_t)(frame->width * samples);
  codec_status status = status_of(
    WebPDecode(frame->fragment.bytes, frame->fragment.size, &config), message);
  WebPFreeDecBuffer(&config.output);
  return status;
}

static codec_status read_pixels(
  const WebPDemuxer *demuxer, const WebPIterator *frame, const codec_header *header, uint8_t *rgb,
  uint8_t *alpha, char *message) {
  uint32_t width = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH);
  uint32_t height = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT);
  int samples = header->has_alpha ? 4 : 3;
  size_t stride = (size_t)width * (size_t)samples;
  uint8_t *pixels = calloc(height, stride);
  codec_canvas canvas;
  codec_status status = CODEC_OUT_OF_MEMORY;
  bool opened = codec_canvas_open(
    &canvas, header, rgb, alpha, width, height, orientation(demuxer), color(demuxer));
  if (opened && pixels) {
    status = decode_frame(frame, pixels, width, samples, message);
    for (uint32_t y = 0; status == CODEC_OK && y < height; y++) {
      codec_canvas_put(&canvas, y, pixels + y * stride, samples == 4);
    }
  }
  codec_canvas_close(&canvas);
  free(pixels);
  return status;
}

static codec_status read_first_frame(
  const WebPDemuxer *demuxer, const WebPIterator *frame, codec_header *header, uint8_t *rgb,
  uint8_t *alpha, char *message) {
  uint32_t width = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH);
  uint32_t height = WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT);
  int64_t right = (int64_t)frame->x_offset + frame->width;
  int64_t bottom = (int64_t)frame->y_offset + frame->height;
  if (!frame->complete || frame->width < 1 || frame->height < 1 || right > width
      || bottom > height) {
    return codec_fail(message, CODEC_DAMAGED, "its first frame does not fit the picture");
  }
  if (rgb) return read_pixels(demuxer, frame, header, rgb, alpha, message);
  bool covers = (uint32_t)frame->width == width && (uint32_t)frame->height == height;
  header->has_alpha = frame->has_alpha || !covers;
  codec_header_turn(header, width, height, orientation(demuxer));
  return CODEC_OK;
}

// Of an animation the first frame is the picture.
codec_status codec_webp_read(
  const codec_source *source, codec_header *header, uint8_t *rgb, uint8_t *alpha) {
  WebPData data = {source->bytes, source->count};
  WebPDemuxState state;
  WebPDemuxer *demuxer = WebPDemuxPartial(&data, &state);
  WebPIterator frame;
  codec_status status = CODEC_DAMAGED;
  if (state == WEBP_DEMUX_PARSE_ERROR) {
    codec_fail(source->message, status, "its chunks make no sense");
  } else if (!demuxer || state != WEBP_DEMUX_DONE) {
    codec_fail(source->message, status, "premature end of file");
  } else if (!WebPDemuxGetFrame(demuxer, 1, &frame)) {
    codec_fail(source->message, status, "no picture in it");
  } else {
    status = read_first_frame(demuxer, &frame, header, rgb, alpha, source->message);
    WebPDemuxReleaseIterator(&frame);
  }
  WebPDemuxDelete(demuxer);
  return status;
}
