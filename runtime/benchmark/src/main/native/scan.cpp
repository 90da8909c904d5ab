// SPDX-License-Identifier: Apache-2.0
// The plain way to match: every encoding of the gallery, in fp32, as the compiler vectorises it. Both
// functions return the nanoseconds they took.
#include <chrono>
#include <cmath>

static constexpr int DIMENSION = 128;

static inline float squared(const float* a, const float* b) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < DIMENSION; i++) {
        const float d = a[i] - b[i];
        sum += d * d;
    }
    return sum;
}

static double nanos(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
}

extern "C" double nearest(const float* gallery, long count, const float* query, long* index, float* distance) {
    const auto start = std::chrono::steady_clock::now();
    float best = INFINITY;
    long at = -1;
    for (long i = 0; i < count; i++) {
        const float d = squared(gallery + i * DIMENSION, query);
        if (d < best) {
            best = d;
            at = i;
        }
    }
    *index = at;
    *distance = std::sqrt(best);
    return nanos(start);
}

extern "C" double votes(const float* gallery, const int* owners, long count, const float* query, float tolerance,
                        int* won) {
    const auto start = std::chrono::steady_clock::now();
    const float limit = tolerance * tolerance;
    for (long i = 0; i < count; i++) {
        if (squared(gallery + i * DIMENSION, query) <= limit) won[owners[i]]++;
    }
    return nanos(start);
}
