// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instruction_sets.h"

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

// Upwards the same holds: gap and error added, the root enlarged, the residuals added.

__attribute__((always_inline)) inline float smaller(float a, float b) { return b < a ? b : a; }
__attribute__((always_inline)) inline float larger(float a, float b) { return b > a ? b : a; }

// From the whole-number products of a group to its bounds; inlined, so that it is compiled for each instruction set.
__attribute__((always_inline)) inline void bound_of_rows(const std::int32_t* products, const RowFacts& facts,
                                                         const Query& query, int group, const Bounds& target) {
    float* bounds = target.rows + group * kGroupRows;
    alignas(64) float least[kGroupRows];
    alignas(64) float slack[kGroupRows];
    const float twice = 2 * query.scale;
    for (int i = 0; i < kGroupRows; ++i) {
        const float sum = query.square + facts.square[i];
        const float gap = sum - twice * facts.scale[i] * static_cast<float>(products[i]);
        const float error = sum * kRelative + kAbsolute;
        const float below = gap - error;
        const float above = gap + error;
        const float lost = (query.residual + facts.residual[i]) * kUp;
        const float bound = std::sqrt(below > 0 ? below : 0.0f) * kDown - lost;
        const float roof = std::sqrt(above > 0 ? above : 0.0f) * kUp + lost;
        bounds[i] = bound;
        least[i] = bound;
        slack[i] = facts.square[i] > kMostSquare ? 0 : (roof - bound) * kUp;
    }
    // In steps of as many as are side by side, so that the compiler needs no sum across lanes until few are left.
    for (int i = 0; i < 16; ++i) {
        least[i] = smaller(smaller(least[i], least[i + 16]), smaller(least[i + 32], least[i + 48]));
        slack[i] = larger(larger(slack[i], slack[i + 16]), larger(slack[i + 32], slack[i + 48]));
    }
    for (int i = 0; i < 4; ++i) {
        least[i] = smaller(smaller(least[i], least[i + 4]), smaller(least[i + 8], least[i + 12]));
        slack[i] = larger(larger(slack[i], slack[i + 4]), larger(slack[i + 8], slack[i + 12]));
    }
    target.least[group] = smaller(smaller(least[0], least[1]), smaller(least[2], least[3]));
    target.slack[group] = larger(larger(slack[0], slack[1]), larger(slack[2], slack[3]));
}

}  // namespace facegate
