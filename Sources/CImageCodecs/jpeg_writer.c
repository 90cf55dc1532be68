#include "codecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
// After jpeglib.h, whose configuration decides the numbers of the messages.
#include <jerror.h>

// Everything that must be released also after a longjmp; lives outside the frame of the setjmp.
typedef struct {
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  const codec_pixels *pixels;
  codec_status status;
  unsigned char *bytes;
  unsigned long count;
} jpeg_job;

static _Noreturn void on_error(j_common_ptr jpeg) {
  jpeg_job *job = jpeg->client_data;
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  bool no_memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
  job->status = codec_fail(
    job->pixels->message, no_memory ? CODEC_OUT_OF_MEMORY : CODEC_UNSUPPORTED, text);
  longjmp(job->escape, 1);
}

static void on_message(j_common_ptr jpeg, int level) {
  (void)jpeg, (void)level;
}

static codec_status write_guarded(jpeg_job *job) {
  if (setjmp(job->escape)) return job->status;
  const codec_pixels *pixels = job->pixels;
  j_compress_ptr jpeg = &job->jpeg;
  jpeg_create_compress(jpeg);
  jpeg_mem_dest(jpeg, &job->bytes, &job->count);
  jpeg->image_width = pixels->width;
  jpeg->image_height = pixels->height;
  jpeg->input_components = 3;
  jpeg->in_color_space = JCS_RGB;
  jpeg_set_defaults(jpeg);
  jpeg_set_quality(jpeg, pixels->jpeg_quality, TRUE);
  jpeg->optimize_coding = TRUE;
  jpeg->comp_info[0].h_samp_factor = 1;  // 4:4:4, color as sharp as light
  jpeg->comp_info[0].v_samp_factor = 1;
  jpeg_start_compress(jpeg, TRUE);
  while (jpeg->next_scanline < jpeg->image_height) {
    size_t start = (size_t)jpeg->next_scanline * pixels->width * 3;
    JSAMPROW row = (JSAMPROW)(pixels->rgb + start);  // which libjpeg only reads
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_compress(jpeg);
  return CODEC_OK;
}

codec_status codec_jpeg_write(const codec_pixels *pixels, codec_output *output) {
  jpeg_job job = {.pixels = pixels};
  job.jpeg.client_data = &job;
  job.jpeg.err = jpeg_std_error(&job.errors);
  job.errors.error_exit = on_error;
  job.errors.emit_message = on_message;
  codec_status status = write_guarded(&job);
  jpeg_destroy_compress(&job.jpeg);
  *output = (codec_output){.bytes = job.bytes, .count = job.count, .capacity = job.count};
  return status;
}
