#pragma once

/// Restores the terminal once, from any context: calls nothing that a signal handler may not.
void device_rescue(void);
