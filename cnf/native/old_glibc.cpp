// SPDX-License-Identifier: Apache-2.0
//
// The static C++ library of a Debian whose glibc is 2.38 or newer calls functions that older ones do not have, to read
// numbers of its settings. A library that is linked with this has them itself, so that it loads on Debian 12 too. Where
// nothing calls them, the linker leaves them out. See old_glibc.h for our own calls.
#include <cstdlib>

#define OURS extern "C" __attribute__((visibility("hidden")))

OURS long __isoc23_strtol(const char *text, char **end, int base) { return strtol(text, end, base); }
OURS unsigned long __isoc23_strtoul(const char *text, char **end, int base) { return strtoul(text, end, base); }
OURS long long __isoc23_strtoll(const char *text, char **end, int base) { return strtoll(text, end, base); }
OURS unsigned long long __isoc23_strtoull(const char *text, char **end, int base) { return strtoull(text, end, base); }
