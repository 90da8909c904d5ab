// SPDX-License-Identifier: Apache-2.0
#include "instruction_sets.h"

#include "bound_of_rows.h"
#include "distance_of_rows.h"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#include <sys/auxv.h>
#endif

namespace facegate {
namespace {

inline std::int32_t four_bytes(const std::int8_t* values) {
    std::int32_t result;
    std::memcpy(&result, values, sizeof result);
    return result;
}

void distances(const float* face, int dimension, const float* vectors, int rows, double* result) {
    distance_of_rows(face, dimension, vectors, rows, result);
}

#if defined(__x86_64__)

// The instruction multiplies bytes without and with a sign: 128 is added to the rows, and taken off again.
__attribute__((target("avx512f,avx512bw,avx512vnni"))) void avx512_vnni(const QuantisedBlock& block, const Query& query,
        const Bounds& target) {
    alignas(64) std::int32_t products[kGroupRows];
    const __m512i flip = _mm512_set1_epi8(-128);
    const __m512i start = _mm512_set1_epi32(-128 * query.sum);
    for (int group = 0; group < block.groups; ++group) {
        const std::int8_t* rows = block.values(group);
        __m512i sum0 = start, sum1 = start, sum2 = start, sum3 = start;
        for (int chunk = 0; chunk < block.chunks; ++chunk, rows += kChunkBytes) {
            const __m512i face = _mm512_set1_epi32(four_bytes(query.values + chunk * kChunkValues));
            sum0 = _mm512_dpbusd_epi32(sum0, _mm512_xor_si512(_mm512_load_si512(rows), flip), face);
            sum1 = _mm512_dpbusd_epi32(sum1, _mm512_xor_si512(_mm512_load_si512(rows + 64), flip), face);
            sum2 = _mm512_dpbusd_epi32(sum2, _mm512_xor_si512(_mm512_load_si512(rows + 128), flip), face);
            sum3 = _mm512_dpbusd_epi32(sum3, _mm512_xor_si512(_mm512_load_si512(rows + 192), flip), face);
        }
        _mm512_store_si512(products, sum0);
        _mm512_store_si512(products + 16, sum1);
        _mm512_store_si512(products + 32, sum2);
        _mm512_store_si512(products + 48, sum3);
        bound_of_rows(products, block.facts(group), query, group, target);
    }
}

// |face| times the row with the face's sign: two products of at most 127 x 127 fit into 16 bits.
__attribute__((target("avx2"))) void avx2(const QuantisedBlock& block, const Query& query,
        const Bounds& target) {
    alignas(64) std::int32_t products[kGroupRows];
    const __m256i ones = _mm256_set1_epi16(1);
    for (int group = 0; group < block.groups; ++group) {
        const std::int8_t* rows = block.values(group);
        __m256i sums[8];
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            sums[i] = _mm256_setzero_si256();
        }
        for (int chunk = 0; chunk < block.chunks; ++chunk, rows += kChunkBytes) {
            const __m256i face = _mm256_set1_epi32(four_bytes(query.values + chunk * kChunkValues));
            const __m256i size = _mm256_abs_epi8(face);
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i) {
                const __m256i row = _mm256_load_si256(reinterpret_cast<const __m256i*>(rows) + i);
                const __m256i pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(row, face));
                sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, ones));
            }
        }
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            _mm256_store_si256(reinterpret_cast<__m256i*>(products) + i, sums[i]);
        }
        bound_of_rows(products, block.facts(group), query, group, target);
    }
}

// The same with half as wide registers; a group in two halves, for there are 16 of them.
__attribute__((target("sse4.1"))) void sse41(const QuantisedBlock& block, const Query& query,
        const Bounds& target) {
    alignas(64) std::int32_t products[kGroupRows];
    const __m128i ones = _mm_set1_epi16(1);
    for (int half = 0; half < 2 * block.groups; ++half) {
        const std::int8_t* rows = block.values(half / 2) + half % 2 * (kChunkBytes / 2);
        __m128i sums[8];
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            sums[i] = _mm_setzero_si128();
        }
        for (int chunk = 0; chunk < block.chunks; ++chunk, rows += kChunkBytes) {
            const __m128i face = _mm_set1_epi32(four_bytes(query.values + chunk * kChunkValues));
            const __m128i size = _mm_abs_epi8(face);
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i) {
                const __m128i row = _mm_load_si128(reinterpret_cast<const __m128i*>(rows) + i);
                const __m128i pairs = _mm_maddubs_epi16(size, _mm_sign_epi8(row, face));
                sums[i] = _mm_add_epi32(sums[i], _mm_madd_epi16(pairs, ones));
            }
        }
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            _mm_store_si128(reinterpret_cast<__m128i*>(products + half % 2 * (kGroupRows / 2)) + i, sums[i]);
        }
        if (half % 2 == 1) {
            const int group = half / 2;
            bound_of_rows(products, block.facts(group), query, group, target);
        }
    }
}

__attribute__((target("avx2"))) void distances_avx2(const float* face, int dimension, const float* vectors, int rows,
                                                    double* result) {
    distance_of_rows(face, dimension, vectors, rows, result);
}

bool has_avx2() { return __builtin_cpu_supports("avx2"); }

bool has_avx512_vnni() {
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vnni");
}

bool has_sse41() { return __builtin_cpu_supports("sse4.1"); }

#elif defined(__aarch64__)

__attribute__((target("arch=armv8.2-a+dotprod"))) void neon_dotprod(const QuantisedBlock& block, const Query& query,
        const Bounds& target) {
    alignas(64) std::int32_t products[kGroupRows];
    for (int group = 0; group < block.groups; ++group) {
        const std::int8_t* rows = block.values(group);
        int32x4_t sums[16];
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i) {
            sums[i] = vdupq_n_s32(0);
        }
        for (int chunk = 0; chunk < block.chunks; ++chunk, rows += kChunkBytes) {
            const int8x16_t face =
                    vreinterpretq_s8_s32(vdupq_n_s32(four_bytes(query.values + chunk * kChunkValues)));
#pragma GCC unroll 16
            for (int i = 0; i < 16; ++i) {
                sums[i] = vdotq_s32(sums[i], vld1q_s8(rows + 16 * i), face);
            }
        }
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i) {
            vst1q_s32(products + 4 * i, sums[i]);
        }
        bound_of_rows(products, block.facts(group), query, group, target);
    }
}

// Two products of at most 127 x 127 fit into 16 bits. A group in two halves, for there are 32 registers.
void neon(const QuantisedBlock& block, const Query& query,
        const Bounds& target) {
    alignas(64) std::int32_t products[kGroupRows];
    for (int half = 0; half < 2 * block.groups; ++half) {
        const std::int8_t* rows = block.values(half / 2) + half % 2 * (kChunkBytes / 2);
        int32x4_t sums[16];
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i) {
            sums[i] = vdupq_n_s32(0);
        }
        for (int chunk = 0; chunk < block.chunks; ++chunk, rows += kChunkBytes) {
            const int8x8_t face =
                    vreinterpret_s8_s32(vdup_n_s32(four_bytes(query.values + chunk * kChunkValues)));
#pragma GCC unroll 16
            for (int i = 0; i < 16; ++i) {
                sums[i] = vpadalq_s16(sums[i], vmull_s8(vld1_s8(rows + 8 * i), face));
            }
        }
        std::int32_t* sums_of_half = products + half % 2 * (kGroupRows / 2);
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            vst1q_s32(sums_of_half + 4 * i, vpaddq_s32(sums[2 * i], sums[2 * i + 1]));
        }
        if (half % 2 == 1) {
            const int group = half / 2;
            bound_of_rows(products, block.facts(group), query, group, target);
        }
    }
}

bool always() { return true; }

bool has_dotprod() { return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0; }

#endif

}  // namespace

const InstructionSet kInstructionSets[] = {
#if defined(__x86_64__)
        {"AVX-512 VNNI", has_avx512_vnni, avx512_vnni, distances_avx2},
        {"AVX2", has_avx2, avx2, distances_avx2},
        {"SSE4.1", has_sse41, sse41, distances},
#elif defined(__aarch64__)
        {"NEON dot product", has_dotprod, neon_dotprod, distances},
        {"NEON", always, neon, distances},
#endif
        {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace facegate
