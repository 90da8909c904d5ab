// SPDX-License-Identifier: Apache-2.0
// A block of encodings in 8 bits, and what is lost by that.
#pragma once

#include <cstddef>
#include <cstdint>

namespace facegate {

// Rows are worked on in groups; of a row, four values lie side by side:
//   group 0: values 0..3 of row 0, values 0..3 of row 1, ... of row 63, values 4..7 of row 0, ...
// so that the lanes of a register belong to rows, and no sum across lanes is ever taken.
constexpr int kGroupRows = 64;
constexpr int kChunkValues = 4;
constexpr int kChunkBytes = kGroupRows * kChunkValues;

// The product of two rows of 8 bits stays below 2^24, so that a float holds it exactly.
constexpr int kMostValues = 1024;

// Squares above are not worked with: their sums and products would leave the range of floats.
constexpr float kMostSquare = 1e30f;

// Of each row x: x = scale * q + e, q whole numbers in -127..127.
struct RowFacts {
    float scale[kGroupRows];
    float square[kGroupRows];    // |scale * q|^2, rounded to nearest; at most kMostSquare
    float residual[kGroupRows];  // at least |e|; infinite when nothing is known of the row
};

// Begins at a multiple of 64 bytes; then, for each group, its chunks and its RowFacts.
struct alignas(64) QuantisedBlock {
    std::int32_t groups;
    std::int32_t chunks;

    static std::size_t bytes(int rows, int dimension);

    static int chunks_of(int dimension) { return (dimension + kChunkValues - 1) / kChunkValues; }
    static int groups_of(int rows) { return (rows + kGroupRows - 1) / kGroupRows; }

    std::size_t group_bytes() const {
        return static_cast<std::size_t>(chunks) * kChunkBytes + sizeof(RowFacts);
    }
    const std::int8_t* values(int group) const {
        return reinterpret_cast<const std::int8_t*>(this + 1) + group * group_bytes();
    }
    const RowFacts& facts(int group) const {
        return *reinterpret_cast<const RowFacts*>(
                values(group) + static_cast<std::size_t>(chunks) * kChunkBytes);
    }
};

// The face looked for, in the same form.
struct Query {
    alignas(64) std::int8_t values[kMostValues];
    std::int32_t sum;  // of values
    float scale;
    float square;
    float residual;
};

// Writes a block of rows (row-major, finite) to memory of QuantisedBlock::bytes.
void quantise(const float* vectors, int rows, int dimension, QuantisedBlock* block);

// The face has at most kMostValues values.
void quantise(const float* face, int dimension, Query* query);

}  // namespace facegate
