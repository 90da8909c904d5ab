// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "quantised_block.h"

namespace facegate {

// Writes for each row of a block, those that fill up the last group included, a number that is not above its
// distance from the face; returns the least of them.
using LowerBounds = float (*)(const QuantisedBlock& block, const Query& query, float* bounds);

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
