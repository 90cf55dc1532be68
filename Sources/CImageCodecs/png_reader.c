#include "codecs.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// Everything that must be released also after a longjmp; lives outside the frame of the setjmp.
typedef struct {
  const codec_source *source;
  size_t position;
  codec_status status;
  png_structp png;
  png_infop info;
  uint8_t *rows;  // one, or all of an interlaced picture
  codec_canvas canvas;
} png_job;

static _Noreturn void give_up(png_job *job, codec_status status, const char *text) {
  job->status = codec_fail(job->source->message, status, text);
  png_longjmp(job->png, 1);
}

static _Noreturn void on_error(png_structp png, png_const_charp text) {
  give_up(png_get_error_ptr(png), CODEC_DAMAGED, text);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png, (void)text;  // about chunks that are skipped anyway
}

static void on_read(png_structp png, png_bytep bytes, size_t count) {
  png_job *job = png_get_io_ptr(png);
  if (count > job->source->count - job->position) png_error(png, "premature end of file");
  memcpy(bytes, job->source->bytes + job->position, count);
  job->position += count;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// Finds an intact chunk, wherever it stands: NULL if there is none.
static const uint8_t *find_chunk(const codec_source *source, const char *kind, size_t *length) {
  size_t position = 8;
  while (source->count - position >= 12) {
    const uint8_t *chunk = source->bytes + position;
    *length = big_endian(chunk);
    if (*length > source->count - position - 12) return NULL;
    if (!memcmp(chunk + 4, kind, 4)) {
      uint32_t sum = (uint32_t)crc32(0, chunk + 4, (uInt)(*length + 4));
      return sum == big_endian(chunk + 8 + *length) ? chunk + 8 : NULL;
    }
    position += 12 + *length;
  }
  return NULL;
}

// Not left to libpng, for which it comes too late if the chunk follows the pixels.
static int orientation(const codec_source *source) {
  size_t length;
  const uint8_t *exif = find_chunk(source, "eXIf", &length);
  return exif ? codec_orientation(exif, length) : 1;
}

// Not left to libpng, which rejects many a profile that lcms2 reads. iCCP is a name, a zero, the
// method (0, deflate), and the compressed profile.
static codec_color color(png_job *job) {
  int components = png_get_channels(job->png, job->info) < 3 ? 1 : 3;
  size_t length;
  const uint8_t *chunk = find_chunk(job->source, "iCCP", &length);
  const uint8_t *zero = chunk ? memchr(chunk, 0, length) : NULL;
  size_t start = zero ? (size_t)(zero - chunk) + 2 : 0;
  uint8_t *profile = zero && start < length ? malloc(CODEC_MAX_PROFILE) : NULL;
  if (!profile) return codec_color_open(components, NULL, 0);
  uLongf size = CODEC_MAX_PROFILE;
  bool intact = uncompress(profile, &size, chunk + start, (uLong)(length - start)) == Z_OK;
  codec_color result = codec_color_open(components, intact ? profile : NULL, size);
  free(profile);
  return result;
}

static void read_rows(png_job *job, int passes) {
  png_structp png = job->png;
  uint32_t height = png_get_image_height(png, job->info);
  size_t stride = png_get_rowbytes(png, job->info);
  bool has_alpha = png_get_channels(png, job->info) % 2 == 0;
  job->rows = calloc(passes == 1 ? 1 : height, stride);
  if (!job->rows) give_up(job, CODEC_OUT_OF_MEMORY, "");
  for (int pass = 1; pass <= passes; pass++) {
    for (uint32_t y = 0; y < height; y++) {
      uint8_t *row = passes == 1 ? job->rows : job->rows + y * stride;
      png_read_row(png, row, NULL);
      if (pass == passes) codec_canvas_put(&job->canvas, y, row, has_alpha);
    }
  }
  png_read_end(png, NULL);
}

static codec_status read_guarded(
  png_job *job, codec_header *header, uint8_t *rgb, uint8_t *alpha) {
  if (setjmp(png_jmpbuf(job->png))) return job->status;
  png_structp png = job->png;
  png_set_read_fn(png, job, on_read);
  // Chunks but those that make up the picture are skipped unseen: text and animation cost nothing,
  // and gAMA and cHRM do not count (as in most software; where they matter there is a profile).
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // the caller has its own
  png_read_info(png, job->info);
  uint32_t width = png_get_image_width(png, job->info);
  uint32_t height = png_get_image_height(png, job->info);
  int turn = orientation(job->source);
  if (!rgb) {
    header->has_alpha = (png_get_color_type(png, job->info) & PNG_COLOR_MASK_ALPHA)
      || png_get_valid(png, job->info, PNG_INFO_tRNS);
    codec_header_turn(header, width, height, turn);
    return CODEC_OK;
  }
  png_set_expand(png);    // palettes, 1 to 4 bits, tRNS
  png_set_scale_16(png);  // rounds
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, job->info);
  bool opened = codec_canvas_open(
    &job->canvas, header, rgb, alpha, width, height, turn, color(job));
  if (!opened) give_up(job, CODEC_OUT_OF_MEMORY, "");
  read_rows(job, passes);
  return CODEC_OK;
}

codec_status codec_png_read(
  const codec_source *source, codec_header *header, uint8_t *rgb, uint8_t *alpha) {
  png_job job = {.source = source};
  job.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
  if (job.png) job.info = png_create_info_struct(job.png);
  codec_status status = CODEC_OUT_OF_MEMORY;
  if (job.info) status = read_guarded(&job, header, rgb, alpha);
  codec_canvas_close(&job.canvas);
  free(job.rows);
  png_destroy_read_struct(&job.png, &job.info, NULL);
  return status;
}
