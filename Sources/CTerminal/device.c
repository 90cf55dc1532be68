#define _GNU_SOURCE
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include "CTerminal.h"

// What a signal handler needs to restore the terminal. It is written before `armed` is set.
static int device = -1;
static struct termios before;
static char farewell[256];
static size_t farewell_count;
static int armed;

// Standard error, and what stands in for it.
static int errors = -1, held = -1;

bool terminal_window_read(int fd, terminal_window *window) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || !size.ws_col || !size.ws_row) return false;
  *window = (terminal_window){
    .columns = size.ws_col, .rows = size.ws_row, .width = size.ws_xpixel, .height = size.ws_ypixel};
  return true;
}

int terminal_modes_save(int fd) {
  if (tcgetattr(fd, &before) != 0) return errno;
  device = fd;
  static bool registered;
  if (!registered) registered = atexit(device_rescue) == 0;
  return 0;
}

int terminal_modes_raw(int fd) {
  struct termios modes = before;
  modes.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | IXON | PARMRK);
  modes.c_oflag &= ~(tcflag_t)OPOST;
  modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
  modes.c_cflag = (modes.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
  modes.c_cc[VMIN] = 1;
  modes.c_cc[VTIME] = 0;
  return tcsetattr(fd, TCSADRAIN, &modes) == 0 ? 0 : errno;
}

int terminal_modes_restore(int fd) {
  return tcsetattr(fd, TCSAFLUSH, &before) == 0 ? 0 : errno;
}

void terminal_farewell_set(const char *bytes, size_t count) {
  farewell_count = count < sizeof farewell ? count : sizeof farewell;
  memcpy(farewell, bytes, farewell_count);
}

void terminal_armed_set(bool value) { __atomic_store_n(&armed, value, __ATOMIC_SEQ_CST); }

void terminal_errors_hold(void) {
  if (held >= 0 || !isatty(STDERR_FILENO)) return;
  int original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  int memory = memfd_create("errors", MFD_CLOEXEC);
  if (original < 0 || memory < 0 || dup2(memory, STDERR_FILENO) < 0) {
    if (original >= 0) close(original);
    if (memory >= 0) close(memory);
    return;
  }
  errors = original;
  held = memory;
}

void terminal_errors_release(void) {
  if (held < 0) return;
  int memory = held;
  held = -1;
  dup2(errors, STDERR_FILENO);
  close(errors);
  errors = -1;
  // The last of it, should it be much.
  enum { most = 16 << 10 };
  off_t end = lseek(memory, 0, SEEK_END);
  lseek(memory, end > most ? end - most : 0, SEEK_SET);
  char part[1024];
  ssize_t count;
  while ((count = read(memory, part, sizeof part)) > 0)
    if (write(STDERR_FILENO, part, (size_t)count) < 0) break;
  close(memory);
}

void device_rescue(void) {
  if (!__atomic_exchange_n(&armed, 0, __ATOMIC_SEQ_CST)) return;
  for (size_t sent = 0; sent < farewell_count;) {
    ssize_t count = write(device, farewell + sent, farewell_count - sent);
    if (count <= 0) break;
    sent += (size_t)count;
  }
  tcsetattr(device, TCSANOW, &before);
  terminal_errors_release();
}
