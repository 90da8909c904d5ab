// SPDX-License-Identifier: Apache-2.0
// Vectors of the machine's width in GCC's portable form. Every lane does what the scalar expression does, so results
// do not depend on the width. What GCC 12 takes apart into single lanes is written in the machine's own terms.
#ifndef FACEGATE_VECTORS_H
#define FACEGATE_VECTORS_H

#include <cstdint>
#include <cstring>

#if defined(__SSE4_1__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

namespace facegate {

#if defined(__AVX2__)
constexpr long LANES = 8;
#else
constexpr long LANES = 4;
#endif

/// dlib computes so many neighbours at once on every machine, and what is left of a row in another order.
constexpr long DLIB_LANES = 8;

typedef float Floats __attribute__((vector_size(4 * LANES)));
typedef std::int32_t Ints __attribute__((vector_size(4 * LANES)));
typedef std::uint8_t Window __attribute__((vector_size(16)));
typedef float Quad __attribute__((vector_size(16)));

#define FACEGATE_INLINE inline __attribute__((always_inline))

template <typename Vector>
FACEGATE_INLINE Vector load(const void* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

template <typename Vector>
FACEGATE_INLINE void store(void* to, const Vector& vector) {
  std::memcpy(to, &vector, sizeof vector);
}

FACEGATE_INLINE Floats all(float value) { return value - Floats(); }

FACEGATE_INLINE Floats smaller(const Floats& a, const Floats& b) {
#if defined(__AVX2__)
  return _mm256_min_ps(a, b);
#elif defined(__SSE4_1__)
  return _mm_min_ps(a, b);
#else
  return a < b ? a : b;
#endif
}

/// a where keep is -1, b where it is 0.
FACEGATE_INLINE Floats choose(const Ints& keep, const Floats& a, const Floats& b) {
#if defined(__AVX2__)
  return _mm256_blendv_ps(b, a, (__m256)keep);
#elif defined(__SSE4_1__)
  return _mm_blendv_ps(b, a, (__m128)keep);
#else
  return (Floats)((keep & (Ints)a) | (~keep & (Ints)b));
#endif
}

/// The first bytes as integers.
FACEGATE_INLINE Ints to_ints(const Window& bytes) {
#if defined(__AVX2__)
  return (Ints)_mm256_cvtepu8_epi32((__m128i)bytes);
#elif defined(__SSE4_1__)
  return (Ints)_mm_cvtepu8_epi32((__m128i)bytes);
#elif defined(__ARM_NEON)
  return (Ints)vmovl_u16(vget_low_u16(vmovl_u8(vget_low_u8((uint8x16_t)bytes))));
#else
  return Ints{bytes[0], bytes[1], bytes[2], bytes[3]};
#endif
}

/// Reads no more than LANES bytes.
FACEGATE_INLINE Ints load_bytes(const unsigned char* from) {
#if defined(__AVX2__)
  return to_ints((Window)_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
#else
  std::int32_t bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  typedef std::int32_t Words __attribute__((vector_size(16)));
  return to_ints((Window)Words{bytes, 0, 0, 0});
#endif
}

/// Stores integers from 0 to 255 as bytes.
FACEGATE_INLINE void store_bytes(unsigned char* to, const Ints& values) {
#if defined(__AVX2__)
  const __m128i words = _mm_packus_epi32(_mm256_castsi256_si128((__m256i)values),
                                         _mm256_extracti128_si256((__m256i)values, 1));
  _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(words, words));
#elif defined(__SSE4_1__)
  const __m128i words = _mm_packus_epi32((__m128i)values, (__m128i)values);
  const std::int32_t bytes = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
  std::memcpy(to, &bytes, sizeof bytes);
#elif defined(__ARM_NEON)
  const int16x4_t words = vmovn_s32((int32x4_t)values);
  const uint8x8_t bytes = vqmovun_s16(vcombine_s16(words, words));
  vst1_lane_u32(reinterpret_cast<std::uint32_t*>(to), vreinterpret_u32_u8(bytes), 0);
#else
  for (int lane = 0; lane < LANES; ++lane) to[lane] = values[lane];
#endif
}

FACEGATE_INLINE Floats to_floats(const Ints& values) { return __builtin_convertvector(values, Floats); }

/// Without their fractions.
FACEGATE_INLINE Ints truncated(const Floats& values) { return __builtin_convertvector(values, Ints); }

}  // namespace facegate

#endif
