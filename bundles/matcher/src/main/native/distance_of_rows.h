// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>

namespace facegate {

// Eight sums side by side, as wide as the registers are; inlined, so that it is compiled for each instruction set.
__attribute__((always_inline)) inline void distance_of_rows(const float* face, int dimension, const float* vectors,
                                                            int rows, double* distances) {
    for (int row = 0; row < rows; ++row) {
        const float* x = vectors + static_cast<std::ptrdiff_t>(row) * dimension;
        double s[8] = {};
        int i = 0;
        for (; i + 8 <= dimension; i += 8) {
#pragma GCC unroll 8
            for (int lane = 0; lane < 8; ++lane) {
                const double d = static_cast<double>(face[i + lane]) - static_cast<double>(x[i + lane]);
                s[lane] += d * d;
            }
        }
        double sum = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
        for (; i < dimension; ++i) {
            const double d = static_cast<double>(face[i]) - static_cast<double>(x[i]);
            sum += d * d;
        }
        distances[row] = std::sqrt(sum);
    }
}

}  // namespace facegate
