// Reads HDF5 files that nobody vouches for, in a child process.
//
// libhdf5 1.10 trusts its input: a few flipped bytes make it overrun a buffer, divide by zero or
// loop forever. So every call forks, and the child, which has no open file but the pipe it answers
// on, little memory and little time, may crash as it likes; the parent sees the pipe end too early.
//
// The image is handed over by the fork itself, as memory, which keeps a file's external storage,
// virtual datasets and filter plug-ins from opening anything: the child may not open files.

#ifndef CHDF5READER_H
#define CHDF5READER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What a child writes last; whatever ends without it is not complete.
enum { hdf5_end_mark = 0x35464448 };

enum {
  hdf5_longest_name = 1024,
  hdf5_highest_rank = 8,
  hdf5_most_datasets = 10000,
};

/// One floating-point dataset in a listing; its path follows, not terminated.
typedef struct {
  uint32_t mark;  // hdf5_dataset_mark, or hdf5_end_mark with nothing behind it
  uint32_t name_length;
  uint32_t rank;
  uint32_t reserved;
  uint64_t extents[hdf5_highest_rank];
} hdf5_dataset;

enum { hdf5_dataset_mark = 0x54455344 };

/// Starts a child that lists every floating-point dataset of the image as `hdf5_dataset`s.
///
/// @param seconds  processor time after which the child is killed
/// @param memory   bytes that the child may allocate
/// @param child    receives the child's process id, to be waited for
/// @return the read end of the child's pipe (close-on-exec), or -1 with `errno`
int hdf5_start_listing(
  const void *image, size_t size, unsigned seconds, uint64_t memory, pid_t *child);

/// Starts a child that sends one dataset: `count` little-endian floats, then `hdf5_end_mark` as a
/// 32-bit number. It sends nothing unless the dataset has exactly `count` elements.
int hdf5_start_reading(
  const void *image, size_t size, const char *dataset, uint64_t count, unsigned seconds,
  uint64_t memory, pid_t *child);

#endif
