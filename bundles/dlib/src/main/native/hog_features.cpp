// SPDX-License-Identifier: Apache-2.0
#include "hog_features.h"

#include <algorithm>
#include <cmath>

#include "vectors.h"

namespace facegate {

namespace {

constexpr int ORIENTATIONS = 18;
constexpr int HALF = ORIENTATIONS / 2;

long cells_along(long pixels) { return static_cast<long>(pixels / static_cast<float>(CELL) + 0.5); }

/// Pixels with a gradient end before this one.
long visible_along(long pixels) { return std::min(cells_along(pixels) * CELL, pixels) - 1; }

/// Which group of rows or columns a pixel is in: its votes go to the cells `group - 1` and `group`.
long group_of(long pixel) { return (pixel + CELL / 2) / CELL; }

/// Whole vectors, and one to spare.
long vectors_of(long values) { return (values / DLIB_LANES + 2) * DLIB_LANES; }

/// Rows whose distance is an odd number of cache lines, or they would share few cache sets.
long spread(long values) { return ((values + 15) / 16 | 1) * 16; }

/// The share of a pixel's vote that goes to the next cell, along one axis; the rest goes to the one before.
float next_share(long pixel) { return ((pixel + CELL / 2) % CELL + 0.5f) / CELL; }

/// The strongest gradient of some channels.
struct Gradients {
  Floats x;
  Floats y;
  Floats square;
};

FACEGATE_INLINE Gradients gradients_of(const unsigned char* above, const unsigned char* at,
                                                             const unsigned char* below) {
  Gradients g = {to_floats(load_bytes(at + 1) - load_bytes(at - 1)), to_floats(load_bytes(below) - load_bytes(above)),
                 Floats()};
  g.square = g.x * g.x + g.y * g.y;
  return g;
}

/// Of equal ones dlib takes the last channel, except where its vectors end: the first.
template <int CHANNELS, bool FIRST_WINS>
FACEGATE_INLINE Gradients strongest(const unsigned char* const* above, const unsigned char* const* at,
                                    const unsigned char* const* below, long x) {
  Gradients best = gradients_of(above[0] + x, at[0] + x, below[0] + x);
  for (int channel = 1; channel < CHANNELS; ++channel) {
    const Gradients other = gradients_of(above[channel] + x, at[channel] + x, below[channel] + x);
    const Ints keep = FIRST_WINS ? best.square >= other.square : best.square > other.square;
    best.x = choose(keep, best.x, other.x);
    best.y = choose(keep, best.y, other.y);
    best.square = choose(keep, best.square, other.square);
  }
  return best;
}

/// dlib tries 9 directions, given with four digits, and their opposites, and takes the first with the largest dot
/// product. Between two neighbours the choice is one comparison of the gradient's slope; folded into the first
/// quadrant, four of them give the same orientation for every gradient there is.
FACEGATE_INLINE Ints orientations_of(const Gradients& g) {
  const Ints sign_bit = (Ints)all(-0.0f);
  const Ints up = g.y < 0;
  const Ints x_bits = (Ints)g.x ^ (up & sign_bit);  // an upward gradient is turned by 180 degrees
  const Floats wide = (Floats)(x_bits & ~sign_bit), tall = (Floats)((Ints)g.y & ~sign_bit);
  const Ints left = (Floats)x_bits < 0;
  const Ints steps = (tall > wide * (0.0603f / 0.3420f)) + (tall > wide * (0.1737f / 0.3008f)) +
                     (tall > wide * (0.2660f / 0.2232f)) + (tall > wide * (0.3264f / 0.1188f));  // true is -1
  const Ints folded = (left & (steps + HALF)) | (~left & -steps);
  const Ints turned = folded + (up & HALF);
  return turned - ((turned == ORIENTATIONS) & ORIENTATIONS);
}

}  // namespace

void Features::resize(long picture_rows, long picture_columns) {
  rows_ = std::max(cells_along(picture_rows) - 2, 0L);
  columns_ = std::max(cells_along(picture_columns) - 2, 0L);
  if (rows_ == 0 || columns_ == 0) rows_ = columns_ = 0;
  stride_ = spread(vectors_of(columns_ + WINDOW));
  values_ = memory_.need(FEATURES * rows_ * stride_);
}

void FeatureExtraction::prepare(const Planes& picture, const Features& features) {
  cells_ = features.columns() + 2;
  visible_ = visible_along(picture.columns());
  vectors_end_ = 1 + (visible_ - 1) / DLIB_LANES * DLIB_LANES;
  vote_stride_ = spread(2 * vectors_of(cells_ + 2));
  cell_stride_ = spread(vectors_of(cells_));
  lengths_.need(picture.columns() + LANES);
  orientations_.need(picture.columns() + LANES);
  std::fill_n(votes_.need(ORIENTATIONS * vote_stride_), ORIENTATIONS * vote_stride_, 0.0f);
  histograms_.need(2 * (ORIENTATIONS + HALF) * cell_stride_);
  std::fill_n(norms_.need(2 * cell_stride_), 2 * cell_stride_, 0.0f);
  blocks_.need(4 * cell_stride_);
}

void FeatureExtraction::run(const Planes& picture, Features& features, long begin, long end) {
  if (begin >= end) return;
  prepare(picture, features);
  const long visible_rows = visible_along(picture.rows());
  const long slot = (ORIENTATIONS + HALF) * cell_stride_;
  float* histograms = histograms_.begin();
  // Row r of features takes the norms of the cells r to r + 2; a row of cells takes two groups of pixel rows.
  for (long group = begin; group <= end + 2; ++group) {
    const long first = std::max(1L, group * CELL - CELL / 2);
    const long last = std::min(visible_rows, group * CELL + CELL / 2);
    for (long y = first; y < last; ++y) {
      if (picture.channels() == 1)
        measure_gradients<1>(picture, y);
      else
        measure_gradients<3>(picture, y);
      vote(y);
    }
    const long cell = group - 1;
    finish_cells(cell & 1);
    if (cell > begin) finish_blocks((cell - 1) & 1, norms((cell - 1) & 1), norms(cell & 1));
    if (cell > begin + 1)
      write_row(features, cell - 2, histograms + ((cell - 1) & 1) * slot,
                histograms + ((cell - 1) & 1) * slot + ORIENTATIONS * cell_stride_, cell & 1, (cell - 1) & 1);
  }
}

template <int CHANNELS>
void FeatureExtraction::measure_gradients(const Planes& picture, long y) {
  const unsigned char* above[CHANNELS];
  const unsigned char* at[CHANNELS];
  const unsigned char* below[CHANNELS];
  for (int channel = 0; channel < CHANNELS; ++channel) {
    above[channel] = picture.row(channel, y - 1);
    at[channel] = picture.row(channel, y);
    below[channel] = picture.row(channel, y + 1);
  }
  float* __restrict lengths = lengths_.begin();
  int* __restrict orientations = orientations_.begin();
  const int stride = vote_stride_;
  long x = 1;
  for (; x < vectors_end_; x += LANES) {
    const Gradients best = strongest<CHANNELS, false>(above, at, below, x);
    store(lengths + x, best.square);
    store(orientations + x, orientations_of(best) * stride);
  }
  for (; x < visible_; x += LANES) {
    const Gradients best = strongest<CHANNELS, true>(above, at, below, x);
    store(lengths + x, best.square);
    store(orientations + x, orientations_of(best) * stride);
  }
  for (x = 1; x < visible_; ++x) lengths[x] = std::sqrt(lengths[x]);
}

/// Every pixel of a row votes for four cells: two rows (this group's cells), two columns. The votes for one orientation
/// lie so that the four are neighbours in memory.
void FeatureExtraction::vote(long y) {
  const float down = next_share(y), up = 1 - down;
  const Quad rows = {up, down, up, down};
  Quad columns[CELL];
  for (long phase = 0; phase < CELL; ++phase) {
    const float right = next_share(phase + CELL / 2), left = 1 - right;
    columns[phase] = Quad{left, left, right, right};
  }
  float* votes = votes_.begin();
  const float* lengths = lengths_.begin();
  const int* orientations = orientations_.begin();
  auto add = [&](float* at, const Quad& vote) { store(at, load<Quad>(at) + vote); };
  long x = 1;
  while (x < vectors_end_) {
    const long group = group_of(x), end = std::min(group * CELL + CELL / 2, vectors_end_);
    float* at = votes + 2 * group;
    if (end - x == CELL) {
      for (long phase = 0; phase < CELL; ++phase, ++x) {
        const float length = lengths[x];
        add(at + orientations[x], rows * (columns[phase] * Quad{length, length, length, length}));
      }
    } else {
      for (; x < end; ++x) {
        const float length = lengths[x];
        add(at + orientations[x],
            rows * (columns[(x + CELL / 2) % CELL] * Quad{length, length, length, length}));
      }
    }
  }
  for (; x < visible_; ++x) {  // where dlib's vectors end, it multiplies in another order
    const float length = lengths[x];
    add(votes + 2 * group_of(x) + orientations[x],
        rows * columns[(x + CELL / 2) % CELL] * Quad{length, length, length, length});
  }
}

/// Takes the finished row of cells out of the votes; the row below takes its place.
void FeatureExtraction::finish_cells(long ring) {
  float* histogram = histograms_.begin() + ring * (ORIENTATIONS + HALF) * cell_stride_;
  for (int orientation = 0; orientation < ORIENTATIONS; ++orientation) {
    float* __restrict votes = votes_.begin() + orientation * vote_stride_;
    float* __restrict to = histogram + orientation * cell_stride_;
    for (long cell = 0; cell < cells_; ++cell) to[cell] = votes[2 * (cell + 1)];
    for (long cell = 0; cell < cells_ + 2; ++cell) {
      votes[2 * cell] = votes[2 * cell + 1];
      votes[2 * cell + 1] = 0;
    }
  }
  float* __restrict norm = norms(ring);
  std::fill_n(norm, cells_, 0.0f);
  for (int orientation = 0; orientation < HALF; ++orientation) {
    const float* __restrict one = histogram + orientation * cell_stride_;
    const float* __restrict opposite = histogram + (orientation + HALF) * cell_stride_;
    float* __restrict sum = histogram + (orientation + ORIENTATIONS) * cell_stride_;
    for (long cell = 0; cell < cells_; ++cell) {
      sum[cell] = one[cell] + opposite[cell];
      norm[cell] += sum[cell] * sum[cell];
    }
  }
}

/// Blocks of 2 x 2 cells: the bound of a feature and the factor that normalises it.
void FeatureExtraction::finish_blocks(long ring, const float* upper, const float* lower) {
  const float eps = 0.0001;
  float* __restrict bounds = blocks_.begin() + ring * 2 * cell_stride_;
  float* __restrict factors = bounds + cell_stride_;
  for (long x = 0; x + 1 < cells_; ++x) {
    bounds[x] = 0.2f * std::sqrt(upper[x] + upper[x + 1] + lower[x] + lower[x + 1] + eps);
    factors[x] = 0.1f / bounds[x];
  }
}

void FeatureExtraction::write_row(Features& features, long row, const float* histogram, const float* sums, long upper,
                                  long lower) const {
  constexpr int CORNERS = 4;
  const float* corners[CORNERS];  // in dlib's order
  for (int corner = 0; corner < CORNERS; ++corner)
    corners[corner] = blocks_.begin() + (corner % 2 == 0 ? lower : upper) * 2 * cell_stride_ + (corner < 2 ? 1 : 0);
  for (long x = 0; x < features.columns(); x += LANES) {
    Floats bounds[CORNERS], factors[CORNERS], texture[CORNERS];
    for (int corner = 0; corner < CORNERS; ++corner) {
      bounds[corner] = load<Floats>(corners[corner] + x);
      factors[corner] = load<Floats>(corners[corner] + cell_stride_ + x);
      texture[corner] = Floats();
    }
    auto put = [&](int feature, const Floats& value) { store(features.row(feature, row) + LEFT_PADDING + x, value); };
    auto normalise = [&](int feature, const float* from, Floats* values) {
      const Floats value = load<Floats>(from + x + 1);
      for (int corner = 0; corner < CORNERS; ++corner)
        values[corner] = smaller(value, bounds[corner]) * factors[corner];
      put(feature, (values[0] + values[1]) + (values[2] + values[3]));
    };
    for (int orientation = 0; orientation < ORIENTATIONS; orientation += 3) {
      Floats values[3][CORNERS];
      for (int i = 0; i < 3; ++i)
        normalise(orientation + i, histogram + (orientation + i) * cell_stride_, values[i]);
      for (int corner = 0; corner < CORNERS; ++corner)
        texture[corner] += values[0][corner] + values[1][corner] + values[2][corner];
    }
    for (int orientation = 0; orientation < HALF; ++orientation) {
      Floats values[CORNERS];
      normalise(ORIENTATIONS + orientation, sums + orientation * cell_stride_, values);
    }
    for (int corner = 0; corner < CORNERS; ++corner)
      put(ORIENTATIONS + HALF + corner, texture[corner] * static_cast<float>(2 * 0.2357));
  }
  for (int feature = 0; feature < FEATURES; ++feature) {
    float* values = features.row(feature, row);
    std::fill_n(values, LEFT_PADDING, 0.0f);
    std::fill_n(values + LEFT_PADDING + features.columns(), WINDOW - LEFT_PADDING, 0.0f);
  }
}

}  // namespace facegate
