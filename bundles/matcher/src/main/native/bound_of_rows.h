// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "quantised_block.h"

#include <cfloat>
#include <cmath>

namespace facegate {

// Let f = a + r be the face and x = b + e a row, a and b the parts in 8 bits. By the triangle inequality
//   |f - x| >= |a - b| - |r| - |e|,   |a - b|^2 = |a|^2 + |b|^2 - 2 a.b,
// and a.b is the product of the scales and of whole numbers that are summed exactly. What floats add, with
// u = 2^-24: the two squares are rounded (u each) and so is their sum (u); the product is rounded twice, and by
// Cauchy and Schwarz is at most the sum; the difference, at most twice the sum, is rounded once: together less than
// 7 u of the sum, to which kRelative gives 16 u. Where a product underflows, it is off by 2^-149 times a whole number
// below 2^24: kAbsolute. The root of what is left is off by 4 u at most with the roundings after it, and the sum of the
// residuals, which are rounded up, by 3 u: kDown and kUp give 8 u each. The rest is far more than the 2^-45 by
// which the distance, that is computed in double, may be below the real one. docs/decisions/0011 has it at length.
constexpr float kRelative = 0x1p-20f;
constexpr float kAbsolute = 0x1p-120f;
constexpr float kDown = 1 - 0x1p-21f;
constexpr float kUp = 1 + 0x1p-21f;

// From the whole-number products of a group to its bounds; inlined, so that it is compiled for each instruction set.
__attribute__((always_inline)) inline void bound_of_rows(const std::int32_t* products, const RowFacts& facts,
                                                         const Query& query, float* bounds, float* least) {
    const float twice = 2 * query.scale;
    for (int i = 0; i < kGroupRows; ++i) {
        const float sum = query.square + facts.square[i];
        const float gap = sum - twice * facts.scale[i] * static_cast<float>(products[i]);
        const float sure = gap - (sum * kRelative + kAbsolute);
        const float root = std::sqrt(sure > 0 ? sure : 0.0f);
        const float bound = root * kDown - (query.residual + facts.residual[i]) * kUp;
        bounds[i] = bound;
        least[i] = bound < least[i] ? bound : least[i];
    }
}

__attribute__((always_inline)) inline float least_of(const float* least) {
    float result = least[0];
    for (int i = 1; i < kGroupRows; ++i) {
        result = least[i] < result ? least[i] : result;
    }
    return result;
}

__attribute__((always_inline)) inline void start_least(float* least) {
    for (int i = 0; i < kGroupRows; ++i) {
        least[i] = FLT_MAX;
    }
}

}  // namespace facegate
