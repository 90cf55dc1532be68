#pragma once
#include <stdint.h>

/// How many columns a scalar takes: 0 for one that combines with the one before, -1 for one that cannot
/// be shown. The same in every locale.
int terminal_columns(uint32_t scalar);
