#pragma once

// Swift cannot call variadic C functions, and rejects stdin, stdout and stderr as shared mutable state. Each
// wrapper here replaces one such use; nothing else belongs in this file.

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wide character must hold any code point");

// <wchar.h> declares it only with the X/Open extensions.
extern int wcwidth(wchar_t);

#pragma clang assume_nonnull begin

typedef char *_Nullable (*coros_el_prompt_fn)(EditLine *);
typedef int (*coros_el_read_fn)(EditLine *, int32_t *);
typedef unsigned char (*coros_el_command_fn)(EditLine *, wint_t);

// Creation

// What is drawn goes to a stream, and concerns the terminal at standard output. What the library says of the
// terminal while it starts is dropped if `quiet`.
static inline EditLine *_Nullable coros_el_init(const char *program, FILE *output, int quiet) {
  FILE *nowhere = quiet ? fopen("/dev/null", "we") : NULL;
  FILE *errors = nowhere != NULL ? nowhere : stderr;
  EditLine *el = el_init_fd(program, stdin, output, errors, 0, 1, fileno(errors));
  if (nowhere != NULL) {
    if (el != NULL) el_set(el, EL_SETFP, 2, stderr);
    fclose(nowhere);
  }
  return el;
}

static inline int coros_el_set_client_data(EditLine *el, void *data) {
  return el_set(el, EL_CLIENTDATA, data);
}

static inline void *_Nullable coros_el_client_data(EditLine *el) {
  void *data = NULL;
  return el_get(el, EL_CLIENTDATA, &data) == 0 ? data : NULL;
}

static inline int coros_el_set_editor(EditLine *el, const char *name) {
  return el_set(el, EL_EDITOR, name);
}

static inline int coros_el_is_vi(EditLine *el) {
  const char *name = NULL;
  return el_get(el, EL_EDITOR, &name) == 0 && name != NULL && strcmp(name, "vi") == 0;
}

static inline int coros_el_is_editing_on(EditLine *el) {
  int on = 0;
  return el_get(el, EL_EDITMODE, &on) == 0 && on;
}

// Text between two `literal` characters of the prompt has no width.
static inline int coros_el_set_prompt(EditLine *el, coros_el_prompt_fn prompt, char literal) {
  return el_set(el, EL_PROMPT_ESC, prompt, (int)literal);
}

static inline int coros_el_set_history(EditLine *el, History *entries) {
  return el_set(el, EL_HIST, history, entries);
}

// Keys and commands

static inline int coros_el_set_reader(EditLine *el, coros_el_read_fn reader) {
  return el_set(el, EL_GETCFN, (el_rfunc_t)reader);
}

static inline int coros_el_add_command(
    EditLine *el, const char *name, const char *help, coros_el_command_fn command) {
  return el_set(el, EL_ADDFN, name, help, command);
}

static inline int coros_el_bind(EditLine *el, const char *key, const char *command) {
  return el_set(el, EL_BIND, key, command, NULL);
}

// Changes one terminal flag while a line is being edited ("-d"), or while none is ("-x").
static inline int coros_el_set_flag(EditLine *el, const char *mode, const char *flag) {
  return el_set(el, EL_SETTY, mode, flag, NULL);
}

// Screen

static inline int coros_el_prepare_terminal(EditLine *el, int raw) {
  return el_set(el, EL_PREP_TERM, raw);
}

static inline int coros_el_refresh(EditLine *el) { return el_set(el, EL_REFRESH); }

// A number that libedit has for the terminal ("co" columns, "li" lines), or 0.
static inline int coros_el_terminal_number(EditLine *el, const char *name) {
  int value = 0;
  return el_get(el, EL_GETTC, name, &value) == 0 ? value : 0;
}

// A capability string that libedit has for the terminal ("up", "cd"), or NULL.
static inline const char *_Nullable coros_el_terminal_string(EditLine *el, const char *name) {
  char *value = NULL;
  return el_get(el, EL_GETTC, name, &value) == 0 ? value : NULL;
}

// The line

static inline const int32_t *_Nullable coros_el_gets(EditLine *el, int *count) {
  return (const int32_t *)el_wgets(el, count);
}

// Returns the length of the line; both pointers are invalid after the next call of libedit.
static inline ptrdiff_t coros_el_line(
    EditLine *el, const int32_t *_Nullable *_Nonnull buffer, ptrdiff_t *cursor) {
  const LineInfoW *line = el_wline(el);
  *buffer = (const int32_t *)line->buffer;
  *cursor = line->cursor - line->buffer;
  return line->lastchar - line->buffer;
}

static inline int coros_el_insert(EditLine *el, const int32_t *text) {
  return el_winsertstr(el, (const wchar_t *)text);
}

// History

static inline int coros_history_set(History *entries, int operation, int value) {
  HistEvent event;
  return history(entries, &event, operation, value);
}

static inline int coros_history_enter(History *entries, const char *line) {
  HistEvent event;
  return history(entries, &event, H_ENTER, line);
}

// Characters

static inline int coros_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

static inline int coros_locale_is_utf8(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

#pragma clang assume_nonnull end
