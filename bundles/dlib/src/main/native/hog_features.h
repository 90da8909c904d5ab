// SPDX-License-Identifier: Apache-2.0
// dlib's extract_fhog_features for cells of 8 pixels, padded for windows of 10 x 10 cells: the same values bit for
// bit, computed row by row so that any band of them can be made by itself.
#ifndef FACEGATE_HOG_FEATURES_H
#define FACEGATE_HOG_FEATURES_H

#include "buffer.h"
#include "hog_planes.h"

namespace facegate {

constexpr long CELL = 8;
constexpr long WINDOW = 10;
constexpr int FEATURES = 31;

/// The features of a picture: for each of 31 a plane of `rows` x `columns` floats. A window may hang over the edge, so
/// around the planes there are zeros: 4 columns at the left, at least 5 at the right. Rows are not padded.
class Features {
 public:
  /// Makes room for the features of a picture; there are none (rows or columns 0) when it is too small.
  void resize(long picture_rows, long picture_columns);

  long rows() const { return rows_; }
  long columns() const { return columns_; }
  /// The padded row: feature column x is at index x + 4.
  float* row(int feature, long row) { return values_ + (feature * rows_ + row) * stride_; }
  const float* row(int feature, long row) const { return values_ + (feature * rows_ + row) * stride_; }
  std::size_t bytes() const { return memory_.bytes(); }

 private:
  Buffer<float> memory_;
  float* values_ = nullptr;
  long rows_ = 0;
  long columns_ = 0;
  long stride_ = 0;
};

/// Columns of zeros at the left of a row of features.
constexpr long LEFT_PADDING = (WINDOW - 1) / 2;

/// Computes rows of features; one for each thread.
class FeatureExtraction {
 public:
  /// Fills rows begin to end - 1 of features, which were resized for the picture.
  void run(const Planes& picture, Features& features, long begin, long end);

 private:
  void prepare(const Planes& picture, const Features& features);
  template <int CHANNELS>
  void measure_gradients(const Planes& picture, long y);
  void vote(long y);
  void finish_cells(long ring);
  void finish_blocks(long ring, const float* upper, const float* lower);
  void write_row(Features& features, long row, const float* histogram, const float* sums, long upper, long lower) const;
  float* norms(long ring) { return norms_.begin() + ring * cell_stride_; }

  long cells_ = 0;           // columns of cells
  long visible_ = 0;         // pixel columns with a gradient end here
  long vectors_end_ = 0;     // those dlib computes by vectors end here
  long vote_stride_ = 0;     // floats of one orientation in votes_
  long cell_stride_ = 0;     // floats in a row of cells
  Buffer<float> lengths_;    // of the gradients of one pixel row
  Buffer<int> orientations_; // as offsets into votes_
  Buffer<float> votes_;      // 18 x cells with a margin x two rows of cells: the finished one and the one below it
  Buffer<float> histograms_; // two rows of cells: 18 orientations, 9 sums of opposite ones
  Buffer<float> norms_;      // two rows of cells
  Buffer<float> blocks_;     // two rows of blocks: bounds and factors
};

}  // namespace facegate

#endif
