#include "codecs.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

// Everything that must be released also after a longjmp; lives outside the frame of the setjmp.
typedef struct {
  const codec_pixels *pixels;
  codec_output *output;
  codec_status status;
  png_structp png;
  png_infop info;
  uint8_t *row;
} png_job;

static _Noreturn void on_error(png_structp png, png_const_charp text) {
  png_job *job = png_get_error_ptr(png);
  job->status = codec_fail(job->pixels->message, CODEC_UNSUPPORTED, text);
  png_longjmp(png, 1);
}

static _Noreturn void on_missing_memory(png_job *job) {
  job->status = codec_fail(job->pixels->message, CODEC_OUT_OF_MEMORY, "");
  png_longjmp(job->png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png, (void)text;
}

static void on_write(png_structp png, png_bytep bytes, size_t count) {
  png_job *job = png_get_io_ptr(png);
  if (!codec_output_append(job->output, bytes, count)) on_missing_memory(job);
}

static void on_flush(png_structp png) {
  (void)png;
}

static void write_row(png_job *job, uint32_t y) {
  const codec_pixels *pixels = job->pixels;
  const uint8_t *rgb = pixels->rgb + (size_t)y * pixels->width * 3;
  if (!pixels->alpha) {
    png_write_row(job->png, rgb);
    return;
  }
  const uint8_t *alpha = pixels->alpha + (size_t)y * pixels->width;
  for (uint32_t x = 0; x < pixels->width; x++) {
    memcpy(job->row + 4 * (size_t)x, rgb + 3 * (size_t)x, 3);
    job->row[4 * (size_t)x + 3] = alpha[x];
  }
  png_write_row(job->png, job->row);
}

static codec_status write_guarded(png_job *job) {
  if (setjmp(png_jmpbuf(job->png))) return job->status;
  const codec_pixels *pixels = job->pixels;
  png_structp png = job->png;
  job->row = malloc((size_t)pixels->width * 4);
  if (!job->row) on_missing_memory(job);
  png_set_write_fn(png, job, on_write, on_flush);
  png_set_compression_level(png, 4);  // half the time of zlib's default, 1 % larger on photographs
  png_set_IHDR(
    png, job->info, pixels->width, pixels->height, 8,
    pixels->alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, job->info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_write_info(png, job->info);
  for (uint32_t y = 0; y < pixels->height; y++) write_row(job, y);
  png_write_end(png, NULL);
  return CODEC_OK;
}

codec_status codec_png_write(const codec_pixels *pixels, codec_output *output) {
  png_job job = {.pixels = pixels, .output = output};
  job.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
  if (job.png) job.info = png_create_info_struct(job.png);
  codec_status status = CODEC_OUT_OF_MEMORY;
  if (job.info) status = write_guarded(&job);
  free(job.row);
  png_destroy_write_struct(&job.png, &job.info);
  return status;
}
