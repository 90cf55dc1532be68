#define _GNU_SOURCE
#define H5_USE_110_API
#include "CHDF5Reader.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

// The child's only open descriptor.
enum { answer = 3 };

typedef struct {
  const void *image;
  size_t size;
  const char *dataset;  // NULL: list
  uint64_t count;
  unsigned seconds;
  uint64_t memory;
} request;

static bool send_all(const void *bytes, size_t count) {
  const char *rest = bytes;
  while (count > 0) {
    ssize_t written = write(answer, rest, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    rest += written;
    count -= (size_t)written;
  }
  return true;
}

// MARK: - The image as a file

// By default libhdf5 copies an image twice. These callbacks lend it ours, which is safe because the
// file is opened read-only and the process ends with it.

static void *lend(size_t size, H5FD_file_image_op_t operation, void *image) {
  (void)size;
  (void)operation;
  return image;
}

static void *keep(
  void *to, const void *from, size_t size, H5FD_file_image_op_t operation, void *image) {
  (void)from;
  (void)size;
  (void)operation;
  (void)image;
  return to;
}

static herr_t leave(void *memory, H5FD_file_image_op_t operation, void *image) {
  (void)memory;
  (void)operation;
  (void)image;
  return 0;
}

static void *copy_reference(void *image) { return image; }
static herr_t drop_reference(void *image) {
  (void)image;
  return 0;
}

static hid_t open_image(const request *r) {
  void *image = (void *)(uintptr_t)r->image;
  H5FD_file_image_callbacks_t callbacks = {
    .image_malloc = lend,
    .image_memcpy = keep,
    .image_free = leave,
    .udata_copy = copy_reference,
    .udata_free = drop_reference,
    .udata = image,
  };
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access < 0 || H5Pset_fapl_core(access, 65536, 0) < 0) return -1;
  if (H5Pset_file_image_callbacks(access, &callbacks) < 0) return -1;
  if (H5Pset_file_image(access, image, r->size) < 0) return -1;
  return H5Fopen("image", H5F_ACC_RDONLY, access);
}

// MARK: - What is asked for

/// Appends a dataset to the listing; others than floating-point ones of moderate rank are left out.
static herr_t list_object(
  hid_t root, const char *name, const H5O_info_t *info, void *remaining) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  int *datasets = remaining;
  if (--*datasets < 0) return -1;

  size_t length = strlen(name);
  if (length == 0 || length > hdf5_longest_name) return 0;
  hid_t dataset = H5Dopen2(root, name, H5P_DEFAULT);
  if (dataset < 0) return -1;
  hid_t type = H5Dget_type(dataset);
  hid_t space = H5Dget_space(dataset);
  herr_t result = 0;
  if (type < 0 || space < 0) {
    result = -1;
  } else if (H5Tget_class(type) == H5T_FLOAT && H5Sget_simple_extent_type(space) != H5S_NULL) {
    hsize_t extents[H5S_MAX_RANK] = {0};
    int rank = H5Sget_simple_extent_dims(space, extents, NULL);
    if (rank >= 0 && rank <= hdf5_highest_rank) {
      hdf5_dataset record = {
        .mark = hdf5_dataset_mark, .name_length = (uint32_t)length, .rank = (uint32_t)rank};
      for (int i = 0; i < rank; i++) record.extents[i] = extents[i];
      if (!send_all(&record, sizeof record) || !send_all(name, length)) result = -1;
    }
  }
  if (space >= 0) H5Sclose(space);
  if (type >= 0) H5Tclose(type);
  H5Dclose(dataset);
  return result;
}

static bool send_listing(hid_t file) {
  int remaining = hdf5_most_datasets;
  if (H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, list_object, &remaining, H5O_INFO_BASIC) < 0)
    return false;
  hdf5_dataset end = {.mark = hdf5_end_mark};
  return send_all(&end, sizeof end);
}

static bool send_dataset(hid_t file, const char *name, uint64_t count) {
  hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
  if (dataset < 0) return false;
  hid_t space = H5Dget_space(dataset);
  if (space < 0 || H5Sget_simple_extent_npoints(space) != (hssize_t)count) return false;
  float *floats = calloc(count > 0 ? count : 1, sizeof *floats);
  if (!floats) return false;
  if (H5Dread(dataset, H5T_IEEE_F32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, floats) < 0) return false;
  uint32_t end = hdf5_end_mark;
  return send_all(floats, count * sizeof *floats) && send_all(&end, sizeof end);
}

// MARK: - The child

/// Bytes of address space in use; a limit below that would leave nothing to allocate.
static uint64_t mapped_bytes(void) {
  char text[32] = {0};
  int descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  ssize_t length = read(descriptor, text, sizeof text - 1);
  close(descriptor);
  return length > 0 ? strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static void limit(int resource, uint64_t value) {
  struct rlimit limits = {value, value};
  setrlimit(resource, &limits);
}

/// Takes away what a subverted or confused child could do harm with.
static void confine(const request *r, int pipe) {
  // A handler of the parent's may write to the terminal, and Ctrl-C or Ctrl-Z mean the parent.
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  setpgid(0, 0);
  prctl(PR_SET_DUMPABLE, 0);

  uint64_t mapped = mapped_bytes();
  if (dup2(pipe, answer) < 0) _exit(1);
  for (int descriptor = 0; descriptor < answer; descriptor++) close(descriptor);
  close_range(answer + 1, ~0u, 0);
  limit(RLIMIT_NOFILE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, r->seconds);
  if (mapped > 0) limit(RLIMIT_AS, mapped + r->memory);
}

static _Noreturn void answer_request(const request *r) {
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  H5PLset_loading_state(0);
  hid_t file = open_image(r);
  bool done =
    file >= 0 && (r->dataset ? send_dataset(file, r->dataset, r->count) : send_listing(file));
  // Not exit(): the parent's buffers and exit handlers are the parent's to run. Nor is the file
  // closed: the process ends.
  _exit(done ? 0 : 1);
}

/// Forks. The parent may have many threads: glibc keeps malloc usable in the child of such a fork,
/// and nobody calls libhdf5 in the parent, so none of its state can be half-changed.
static int start(const request *r, pid_t *child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;

  // No handler of the parent's may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t pid = fork();
  if (pid == 0) {
    confine(r, ends[1]);
    sigemptyset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    answer_request(r);
  }
  int code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);

  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    errno = code;
    return -1;
  }
  *child = pid;
  return ends[0];
}

int hdf5_start_listing(
  const void *image, size_t size, unsigned seconds, uint64_t memory, pid_t *child) {
  request r = {.image = image, .size = size, .seconds = seconds, .memory = memory};
  return start(&r, child);
}

int hdf5_start_reading(
  const void *image, size_t size, const char *dataset, uint64_t count, unsigned seconds,
  uint64_t memory, pid_t *child) {
  request r = {image, size, dataset, count, seconds, memory};
  return start(&r, child);
}
