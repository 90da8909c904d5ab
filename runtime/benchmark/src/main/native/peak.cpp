// SPDX-License-Identifier: Apache-2.0
// The fp32 multiply-add rate one core reaches in registers, with vectors of LANES floats: as many
// independent chains as hide the latency. Prints 10^9 multiply-adds per second, the best of some runs.
#include <chrono>
#include <cstdio>

typedef float Vector __attribute__((vector_size(4 * LANES)));

static constexpr int CHAINS = 12;
static constexpr long STEPS = 2000000;

int main() {
    volatile float scale = 0.9999f, offset = 0.0001f; // the compiler must not know them
    const Vector a = Vector{} + scale, b = Vector{} + offset;
    double best = 0;
    float used = 0;
    for (int run = 0; run < 8; run++) {
        Vector sum[CHAINS];
        for (int i = 0; i < CHAINS; i++) sum[i] = Vector{} + float(i);
        const auto start = std::chrono::steady_clock::now();
        for (long step = 0; step < STEPS; step++) {
#pragma GCC unroll 12
            for (int i = 0; i < CHAINS; i++) sum[i] = sum[i] * a + b;
        }
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        for (int i = 0; i < CHAINS; i++) used += sum[i][0];
        const double rate = double(STEPS) * CHAINS * LANES / seconds.count() / 1e9;
        if (rate > best) best = rate;
    }
    std::printf("%.3f\n", best);
    return used == 12345.0f; // so that the sums are needed
}
