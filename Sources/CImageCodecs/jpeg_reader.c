#include "codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
// After jpeglib.h, whose configuration decides the numbers of the messages.
#include <jerror.h>

// Real progressive files have about ten scans; a hostile one has thousands that are empty but cost
// a walk over all coefficients each.
enum { MAX_SCANS = 100 };

// Everything that must be released also after a longjmp; lives outside the frame of the setjmp.
typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  const codec_source *source;
  codec_status status;
  uint8_t *row, *profile;
  codec_canvas canvas;
} jpeg_job;

static codec_status status_of(int code) {
  switch (code) {
    case JERR_OUT_OF_MEMORY: return CODEC_OUT_OF_MEMORY;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_IMAGE_TOO_BIG:
    case JERR_SOF_UNSUPPORTED: return CODEC_UNSUPPORTED;
    default: return CODEC_DAMAGED;
  }
}

static _Noreturn void give_up(jpeg_job *job, codec_status status, const char *text) {
  job->status = codec_fail(job->source->message, status, text);
  longjmp(job->escape, 1);
}

static _Noreturn void on_error(j_common_ptr jpeg) {
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  give_up(jpeg->client_data, status_of(jpeg->err->msg_code), text);
}

// libjpeg only warns where it makes up pixels; what is left of a damaged file is not the picture
// that was asked for. Stray bytes between segments and the like harm nothing.
static void on_message(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC: on_error(jpeg);
    default: break;
  }
}

static boolean on_end(j_decompress_ptr jpeg) {
  give_up(jpeg->client_data, CODEC_DAMAGED, "premature end of file");
}

static void on_progress(j_common_ptr jpeg) {
  if (((j_decompress_ptr)jpeg)->input_scan_number > MAX_SCANS) {
    give_up(jpeg->client_data, CODEC_UNSUPPORTED, "too many scans");
  }
}

static int orientation(j_decompress_ptr jpeg) {
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker; marker = marker->next) {
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6
        && !memcmp(marker->data, "Exif\0", 6)) {
      return codec_orientation(marker->data, marker->data_length);
    }
  }
  return 1;
}

// Asks for gray, RGB or CMYK; libjpeg leaves the way from CMYK to us. Its values are inverted even
// where Adobe's marker, which says so, is missing: what all writers do and all readers expect.
static int output_components(jpeg_job *job) {
  j_decompress_ptr jpeg = &job->jpeg;
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE: jpeg->out_color_space = JCS_GRAYSCALE; return 1;
    case JCS_RGB:
    case JCS_YCbCr: jpeg->out_color_space = JCS_RGB; return 3;
    case JCS_CMYK:
    case JCS_YCCK: jpeg->out_color_space = JCS_CMYK; return 4;
    default: give_up(job, CODEC_UNSUPPORTED, "colors of an unknown kind");
  }
}

static codec_status read_pixels(
  jpeg_job *job, const codec_header *header, uint8_t *rgb, uint8_t *alpha, int components) {
  j_decompress_ptr jpeg = &job->jpeg;
  unsigned int profile_size = 0;
  jpeg_read_icc_profile(jpeg, &job->profile, &profile_size);
  codec_color color = codec_color_open(components, job->profile, profile_size);
  job->row = malloc((size_t)jpeg->image_width * (size_t)components);
  bool opened = codec_canvas_open(
    &job->canvas, header, rgb, alpha, jpeg->image_width, jpeg->image_height, orientation(jpeg),
    color);
  if (!opened || !job->row) return codec_fail(job->source->message, CODEC_OUT_OF_MEMORY, "");
  jpeg_start_decompress(jpeg);
  while (jpeg->output_scanline < jpeg->output_height) {
    uint32_t y = jpeg->output_scanline;
    jpeg_read_scanlines(jpeg, &job->row, 1);
    codec_canvas_put(&job->canvas, y, job->row, false);
  }
  jpeg_finish_decompress(jpeg);
  return CODEC_OK;
}

static codec_status read_guarded(
  jpeg_job *job, codec_header *header, uint8_t *rgb, uint8_t *alpha) {
  if (setjmp(job->escape)) return job->status;
  j_decompress_ptr jpeg = &job->jpeg;
  jpeg_create_decompress(jpeg);
  jpeg->progress = &job->progress;
  jpeg_mem_src(jpeg, job->source->bytes, job->source->count);
  jpeg->src->fill_input_buffer = on_end;
  jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);  // EXIF
  jpeg_save_markers(jpeg, JPEG_APP0 + 2, 0xFFFF);  // ICC
  jpeg_read_header(jpeg, TRUE);
  int components = output_components(job);
  if (rgb) return read_pixels(job, header, rgb, alpha, components);
  header->has_alpha = false;
  codec_header_turn(header, jpeg->image_width, jpeg->image_height, orientation(jpeg));
  return CODEC_OK;
}

codec_status codec_jpeg_read(
  const codec_source *source, codec_header *header, uint8_t *rgb, uint8_t *alpha) {
  jpeg_job job = {.source = source};
  job.jpeg.client_data = &job;
  job.jpeg.err = jpeg_std_error(&job.errors);
  job.errors.error_exit = on_error;
  job.errors.emit_message = on_message;
  job.progress.progress_monitor = on_progress;
  codec_status status = read_guarded(&job, header, rgb, alpha);
  codec_canvas_close(&job.canvas);
  free(job.profile);
  free(job.row);
  jpeg_destroy_decompress(&job.jpeg);
  return status;
}
