#define _GNU_SOURCE
#include "CTerminal.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

int terminal_columns(uint32_t scalar) {
  // wcwidth() knows no scalar beyond ASCII in the C locale.
  static locale_t unicode;
  locale_t known = __atomic_load_n(&unicode, __ATOMIC_ACQUIRE);
  if (!known) {
    locale_t made = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!made) return scalar >= 0x20 && scalar < 0x7f ? 1 : -1;
    if (__atomic_compare_exchange_n(&unicode, &known, made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
      known = made;
    else
      freelocale(made);
  }
  locale_t before = uselocale(known);
  int columns = wcwidth((wchar_t)scalar);
  uselocale(before);
  return columns;
}

bool terminal_use_locale(bool wants_utf8) {
  if (!setlocale(LC_CTYPE, "") && wants_utf8) setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
