#pragma once

// Swift imports only curses macros that are plain numbers, and no mutable global variables. Each wrapper here
// replaces one such use; nothing else belongs in this file.

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1

#include <curses.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wide character must hold any code point");

#pragma clang assume_nonnull begin

// Declared as in <term.h>, which would also bring the system's `struct termios` into this module.
typedef struct term TERMINAL;
extern TERMINAL *_Nullable set_curterm(TERMINAL *_Nullable);
extern int del_curterm(TERMINAL *);
extern int setupterm(const char *_Nullable, int, int *);
extern char *_Nullable tigetstr(const char *);
extern int tigetnum(const char *);

// The string of a terminal capability, or NULL.
static inline const char *_Nullable coros_curses_string(const char *name) {
  const char *text = tigetstr(name);
  return text == (char *)-1 ? NULL : text;
}

// The capabilities of a terminal of the type that TERM names.
enum {
  COROS_TERMINAL_FIT = 0,
  COROS_TERMINAL_UNKNOWN = 1,
  COROS_TERMINAL_CANNOT_MOVE = 2,
};

// Looks up the type without touching the terminal, and the number of its colours. Another library may have set
// a current terminal; it is restored afterwards.
static inline int coros_curses_fitness(int descriptor, int *colors) {
  TERMINAL *_Nullable before = set_curterm(NULL);
  int error = 0;
  *colors = 0;
  int fitness = COROS_TERMINAL_UNKNOWN;
  if (setupterm(NULL, descriptor, &error) == OK) {
    int can = coros_curses_string("cup") != NULL && coros_curses_string("clear") != NULL;
    *colors = tigetnum("colors");
    fitness = can ? COROS_TERMINAL_FIT : COROS_TERMINAL_CANNOT_MOVE;
    TERMINAL *ours = set_curterm(before);
    if (ours != NULL) del_curterm(ours);
  } else {
    set_curterm(before);
  }
  return fitness;
}

// Takes over the terminal at standard input, drawing on a stream; NULL on failure. The previous current
// terminal is saved for `coros_curses_close`.
static inline SCREEN *_Nullable coros_curses_open(
    FILE *output, void *_Nullable *_Nonnull before) {
  *before = set_curterm(NULL);
  SCREEN *screen = newterm(NULL, output, stdin);
  if (screen == NULL) set_curterm((TERMINAL *)*before);
  return screen;
}

// Restores the terminal, and frees everything.
static inline void coros_curses_close(SCREEN *screen, void *_Nullable before) {
  endwin();
  delscreen(screen);
  set_curterm((TERMINAL *)before);
}

static inline WINDOW *coros_curses_window(void) { return stdscr; }
static inline int coros_curses_rows(void) { return getmaxy(stdscr); }
static inline int coros_curses_columns(void) { return getmaxx(stdscr); }

// Makes the next refresh redraw everything.
static inline void coros_curses_invalidate(void) { clearok(curscr, TRUE); }

static inline int coros_curses_colors(void) { return COLORS; }
static inline int coros_curses_pair(int number) { return (int)COLOR_PAIR(number); }

enum {
  COROS_KEY_NONE = -1,
  COROS_KEY_CHARACTER = 0,
  COROS_KEY_FUNCTION = 1,
};

// Reads the next waiting key: returns its kind, and stores its code.
static inline int coros_curses_key(uint32_t *code) {
  wint_t key = 0;
  int kind = wget_wch(stdscr, &key);
  *code = (uint32_t)key;
  if (kind == KEY_CODE_YES) return COROS_KEY_FUNCTION;
  return kind == OK ? COROS_KEY_CHARACTER : COROS_KEY_NONE;
}

enum {
  COROS_MOUSE_NONE = 0,
  COROS_MOUSE_PRESS = 1,
  COROS_MOUSE_WHEEL_UP = 2,
  COROS_MOUSE_WHEEL_DOWN = 3,
};

// Has the terminal report the left button and the wheel, if it can: returns whether it does.
static inline int coros_curses_report_mouse(void) {
  if (coros_curses_string("kmous") == NULL) return 0;
  mmask_t wanted = BUTTON1_PRESSED | BUTTON4_PRESSED;
#ifdef BUTTON5_PRESSED
  wanted |= BUTTON5_PRESSED;
#endif
  // A press counts at once, without a wait for a click.
  mouseinterval(0);
  return mousemask(wanted, NULL) != 0;
}

// What the mouse did, after KEY_MOUSE, and in which cell.
static inline int coros_curses_mouse(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) != OK) return COROS_MOUSE_NONE;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON1_PRESSED) return COROS_MOUSE_PRESS;
  if (event.bstate & BUTTON4_PRESSED) return COROS_MOUSE_WHEEL_UP;
#ifdef BUTTON5_PRESSED
  if (event.bstate & BUTTON5_PRESSED) return COROS_MOUSE_WHEEL_DOWN;
#endif
  return COROS_MOUSE_NONE;
}

static inline void coros_curses_add(const int32_t *text, int count) {
  waddnwstr(stdscr, (const wchar_t *)text, count);
}

// Swift does not import attributes, which are shifted numbers.
static inline int coros_curses_bold(void) { return (int)A_BOLD; }
static inline int coros_curses_dim(void) { return (int)A_DIM; }
static inline int coros_curses_underline(void) { return (int)A_UNDERLINE; }
static inline int coros_curses_reverse(void) { return (int)A_REVERSE; }

#pragma clang assume_nonnull end
