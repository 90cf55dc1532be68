#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>
#include <unistd.h>

#include "CTerminal.h"

static SCREEN *screen;
static FILE *output;
static bool is_cursor_shown;

const char *terminal_screen_open(const char *type, int fd) {
  int copy = dup(fd);
  output = copy < 0 ? NULL : fdopen(copy, "r+");
  if (!output) {
    if (copy >= 0) close(copy);
    return "cannot be opened once more";
  }
  // The kernel knows the window's size better than LINES and COLUMNS do.
  use_env(FALSE);
  use_tioctl(TRUE);
  screen = newterm(type, output, output);
  if (!screen) {
    fclose(output);
    output = NULL;
    return "has no usable entry in the terminal database";
  }
  if (has_colors() && start_color() == OK) use_default_colors();
  keypad(stdscr, TRUE);
  nonl();
  scrollok(stdscr, FALSE);
  // Shifting lines or characters would take along the pictures that ncurses does not know of.
  idlok(stdscr, FALSE);
  idcok(stdscr, FALSE);
  leaveok(stdscr, TRUE);
  curs_set(0);
  is_cursor_shown = false;
  return NULL;
}

void terminal_screen_close(void) {
  if (!screen) return;
  endwin();
  delscreen(screen);
  fclose(output);
  screen = NULL;
  output = NULL;
}

void terminal_screen_pause(void) {
  // ncurses comes back with the cursor as it is now.
  endwin();
}

void terminal_screen_keep_modes(void) { def_prog_mode(); }

int terminal_screen_colors(void) { return has_colors() ? COLORS : 0; }

int terminal_screen_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

void terminal_screen_resize(int columns, int rows) {
  if (columns > 0 && rows > 0 && (columns != COLS || rows != LINES)) resizeterm(rows, columns);
}

bool terminal_pair_define(int pair, int foreground, int background) {
  return init_extended_pair(pair, foreground, background) == OK;
}

void terminal_pairs_forget(void) {
  reset_color_pairs();
  // It asks for a clear screen, which would flash; all cells written over serve as well.
  clearok(curscr, FALSE);
  redrawwin(stdscr);
}

void terminal_put(
  int column, int row, const uint32_t *scalars, size_t count, unsigned attributes, int pair) {
  wchar_t text[CCHARW_MAX + 1];
  size_t length = count < CCHARW_MAX ? count : CCHARW_MAX;
  for (size_t i = 0; i < length; i++) text[i] = (wchar_t)scalars[i];
  text[length] = 0;
  attr_t set = 0;
  if (attributes & terminal_bold) set |= A_BOLD;
  if (attributes & terminal_dim) set |= A_DIM;
  if (attributes & terminal_italic) set |= A_ITALIC;
  if (attributes & terminal_underline) set |= A_UNDERLINE;
  if (attributes & terminal_reverse) set |= A_REVERSE;
  cchar_t cell;
  // Pairs beyond a short travel in the last argument.
  if (setcchar(&cell, text, set, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void terminal_cursor_put(int column, int row) {
  bool is_shown = column >= 0 && row >= 0;
  leaveok(stdscr, !is_shown);
  if (is_shown) move(row, column);
  if (is_shown != is_cursor_shown) curs_set(is_shown);
  is_cursor_shown = is_shown;
}

void terminal_screen_update(void) { refresh(); }

void terminal_rows_rewrite(int row, int count) { wredrawln(stdscr, row, count); }

void terminal_screen_clear(void) { clearok(stdscr, TRUE); }
