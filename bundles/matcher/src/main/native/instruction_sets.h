// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "quantised_block.h"

namespace facegate {

// Where the bounds of a block go: for each row, those that fill up the last group included, a number that is not
// above its distance from the face; for each group the least of these, and by how much at most the distance of one of its
// rows is above its bound.
struct Bounds {
    float* rows;
    float* least;
    float* slack;
};

using LowerBounds = void (*)(const QuantisedBlock& block, const Query& query, const Bounds& target);

// Distances between a face and rows, in double and in the order of Distance.java: the same to the last bit.
using Distances = void (*)(const float* face, int dimension, const float* vectors, int rows, double* distances);

// One way to compute both. All give the same numbers, bit for bit.
struct InstructionSet {
    const char* name;
    bool (*available)();
    LowerBounds lower_bounds;
    Distances distances;
};

// The fastest first; ends with a name that is null.
extern const InstructionSet kInstructionSets[];

}  // namespace facegate
