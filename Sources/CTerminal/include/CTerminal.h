#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Text (text.c)

/// How many columns a scalar takes: 0 for one that combines with the one before, -1 for one that cannot
/// be shown. The same in every locale.
int terminal_columns(uint32_t scalar);

/// Sets the process's character set from its environment and returns whether it is UTF-8.
/// Where the locale asked for is not installed but names UTF-8 (`wants_utf8`), C.UTF-8 stands in.
bool terminal_use_locale(bool wants_utf8);

// MARK: The device (device.c)

/// A window in cells and, where the terminal tells, in pixels.
typedef struct {
  int columns, rows, width, height;
} terminal_window;

/// Asks the kernel for the window's extent; false when it does not know.
bool terminal_window_read(int fd, terminal_window *window);

/// Remembers the modes of the terminal at `fd`, and makes it the one that is restored when the process
/// crashes or exits. Returns 0 or errno.
int terminal_modes_save(int fd);

/// Hands keys over as they are typed, unechoed, Ctrl-C and Ctrl-Z among them. Returns 0 or errno.
int terminal_modes_raw(int fd);

/// Sets the remembered modes and drops input that nobody has read. Returns 0 or errno.
int terminal_modes_restore(int fd);

/// Tells what to write on every way out, crashes included: it must fit in 256 bytes.
void terminal_farewell_set(const char *bytes, size_t count);

/// Whether the screen is ours: only then is there something to restore in a crash.
void terminal_armed_set(bool armed);

/// Holds back what is written to standard error, if that is a terminal, until the screen is given back on
/// whatever way: it would spoil the screen, or be lost with it.
void terminal_errors_hold(void);

/// Writes what was held back.
void terminal_errors_release(void);

// MARK: Signals (signals.c)

/// Sends the numbers of SIGWINCH, SIGTERM, SIGINT, SIGHUP (unless ignored so far), SIGTSTP and SIGCONT, one
/// byte each, down a pipe whose reading end it returns, or -1. A request to end that comes a second time
/// ends the process at once, the terminal restored. Crashes restore the terminal before they take their
/// course.
int terminal_signals_open(void);

/// Puts back the handlers from before.
void terminal_signals_close(void);

/// Stops the process group as Ctrl-Z does at a shell, and returns when it goes on. At once where nobody could
/// wake it again.
void terminal_stop(void);

// MARK: The screen (screen.c): ncurses, which is for output only

/// Takes the screen of the terminal at `fd`, of the given type. NULL, or what is wrong.
const char *terminal_screen_open(const char *type, int fd);

/// Gives the screen back.
void terminal_screen_close(void);

/// Gives the screen back until the next update.
void terminal_screen_pause(void);

/// Remembers the terminal's modes for the time after a pause.
void terminal_screen_keep_modes(void);

/// How many colors the open screen has; 0 when none.
int terminal_screen_colors(void);

/// How many color pairs there are, the default one included.
int terminal_screen_pairs(void);

/// Tells ncurses the window's extent.
void terminal_screen_resize(int columns, int rows);

/// Defines a color pair that no cell uses; -1 is the terminal's own color.
bool terminal_pair_define(int pair, int foreground, int background);

/// Forgets all pairs; every cell must be put again.
void terminal_pairs_forget(void);

/// How a cell is set off.
enum {
  terminal_bold = 1,
  terminal_dim = 2,
  terminal_italic = 4,
  terminal_underline = 8,
  terminal_reverse = 16,
};

/// Puts scalars (one that takes columns, then those that combine with it) at a place of the screen to come.
void terminal_put(
  int column, int row, const uint32_t *scalars, size_t count, unsigned attributes, int pair);

/// Shows the cursor at a place; hides it where the column is negative.
void terminal_cursor_put(int column, int row);

/// Writes what differs from the last update.
void terminal_screen_update(void);

/// Has the next update write all cells of some rows over what is there, without clearing the screen.
void terminal_rows_rewrite(int row, int count);

/// Has the next update clear the screen and write every cell.
void terminal_screen_clear(void);
