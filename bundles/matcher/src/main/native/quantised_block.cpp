// SPDX-License-Identifier: Apache-2.0
#include "quantised_block.h"

#include <cfloat>
#include <cmath>
#include <cstring>
#include <limits>

namespace facegate {
namespace {

// Of the rows that fill up a group: they are never the nearest.
constexpr float kFillerSquare = 1e32f;

constexpr int kBatch = 32;

struct Row {
    float scale;
    float square;
    float residual;
};

// Whatever is rounded here, the residual is that of the numbers chosen: it is summed in double, with a
// relative error below 2^-40 for up to 1024 values, and enlarged by more than that before it is rounded up.
Row quantise_row(const float* x, int dimension, std::int8_t* q) {
    float most = 0;
    for (int i = 0; i < dimension; ++i) {
        most = std::fabs(x[i]) > most ? std::fabs(x[i]) : most;
    }
    float scale = most / 127;
    if (scale < FLT_MIN) {
        scale = 0;
    }
    const float inverse = scale == 0 ? 0 : 1 / scale;
    double squares = 0;
    double lost = 0;
    for (int from = 0; from < dimension; from += kBatch) {
        double kept[kBatch];
        double rest[kBatch];
        const int count = dimension - from < kBatch ? dimension - from : kBatch;
        for (int i = 0; i < count; ++i) {
            const float value = x[from + i];
            const float wanted = value * inverse;
            const int whole = static_cast<int>(wanted + (wanted < 0 ? -0.5f : 0.5f));
            q[from + i] = static_cast<std::int8_t>(whole);
            kept[i] = static_cast<double>(scale) * whole;
            rest[i] = value - kept[i];
        }
        for (int i = 0; i < count; ++i) {
            squares += kept[i] * kept[i];
            lost += rest[i] * rest[i];
        }
    }
    if (!(squares < kMostSquare)) {
        std::memset(q, 0, dimension);
        return {0, 0, std::numeric_limits<float>::infinity()};
    }
    const double residual = std::sqrt(lost) * (1 + 1e-9);
    return {scale, static_cast<float>(squares),
            std::nextafterf(static_cast<float>(residual), std::numeric_limits<float>::infinity())};
}

}  // namespace

std::size_t QuantisedBlock::bytes(int rows, int dimension) {
    const QuantisedBlock block{groups_of(rows), chunks_of(dimension)};
    return sizeof(QuantisedBlock) + block.groups * block.group_bytes();
}

void quantise(const float* vectors, int rows, int dimension, QuantisedBlock* block) {
    block->groups = QuantisedBlock::groups_of(rows);
    block->chunks = QuantisedBlock::chunks_of(dimension);
    alignas(64) std::int8_t row[kMostValues] = {};
    for (int group = 0; group < block->groups; ++group) {
        std::int8_t* values = const_cast<std::int8_t*>(block->values(group));
        RowFacts& facts = const_cast<RowFacts&>(block->facts(group));
        for (int lane = 0; lane < kGroupRows; ++lane) {
            const int index = group * kGroupRows + lane;
            Row known{0, kFillerSquare, 0};
            if (index < rows) {
                known = quantise_row(vectors + static_cast<std::size_t>(index) * dimension, dimension, row);
            } else {
                std::memset(row, 0, sizeof row);
            }
            for (int chunk = 0; chunk < block->chunks; ++chunk) {
                std::memcpy(values + chunk * kChunkBytes + lane * kChunkValues, row + chunk * kChunkValues,
                            kChunkValues);
            }
            facts.scale[lane] = known.scale;
            facts.square[lane] = known.square;
            facts.residual[lane] = known.residual;
        }
    }
}

void quantise(const float* face, int dimension, Query* query) {
    std::memset(query->values, 0, sizeof query->values);
    const Row row = quantise_row(face, dimension, query->values);
    query->sum = 0;
    for (int i = 0; i < dimension; ++i) {
        query->sum += query->values[i];
    }
    query->scale = row.scale;
    query->square = row.square;
    query->residual = row.residual;
}

}  // namespace facegate
