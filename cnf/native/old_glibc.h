// SPDX-License-Identifier: Apache-2.0
//
// Included before everything else. The headers of glibc 2.38 and later turn strtol and its like into functions that
// older C libraries do not have (__isoc23_strtol), only to read binary numbers: a library built with them would not
// load on Debian 12. features.h decides it, once; this takes the decision back. Nothing changes with older headers.
#include <features.h>

#undef __GLIBC_USE_ISOC2X
#define __GLIBC_USE_ISOC2X 0
#undef __GLIBC_USE_ISOC23
#define __GLIBC_USE_ISOC23 0
#undef __GLIBC_USE_C2X_STRTOL
#define __GLIBC_USE_C2X_STRTOL 0
#undef __GLIBC_USE_C23_STRTOL
#define __GLIBC_USE_C23_STRTOL 0
