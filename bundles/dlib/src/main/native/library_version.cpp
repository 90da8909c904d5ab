// SPDX-License-Identifier: Apache-2.0

#include "facegate_dlib.h"

namespace facegate {

std::string library_version() {
  const std::string version = FACEGATE_DLIB_VERSION;  // from the name of the source archive
#if defined(__AVX2__)
  return version + " avx2";
#elif defined(__SSE4_1__)
  return version + " sse4.1";
#elif defined(__aarch64__)
  return version + " armv8-a";
#else
  return version;
#endif
}

}  // namespace facegate
