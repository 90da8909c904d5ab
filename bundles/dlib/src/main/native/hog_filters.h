// SPDX-License-Identifier: Apache-2.0
// The filters of dlib's face detectors over features: dlib's apply_filters_to_fhog for separable filters of 10 x 10,
// the same values bit for bit.
#ifndef FACEGATE_HOG_FILTERS_H
#define FACEGATE_HOG_FILTERS_H

#include <vector>

#include "hog_features.h"

namespace facegate {

/// A filter over one plane of features: the product of a column and a row.
struct Filter {
  int feature;
  float row[WINDOW];
  float column[WINDOW];
};

/// Applies filters; one for each thread.
class Filtering {
 public:
  /// Sums up what the filters give for the window around each feature, in the filters' order.
  void run(const Features& features, const std::vector<Filter>& filters);
  /// The sums for the windows around the features of a row.
  const float* row(long row) const { return sums_.begin() + row * stride_; }

 private:
  void filter_row(const float* from, const float* weights, float* to) const;
  void filter_columns(long row, const float* weights, float* to) const;
  float* filtered(long row) const { return ring_.begin() + row % RING * stride_; }

  static constexpr long RING = 16;  // rows that are kept after the row filter, at least WINDOW

  long columns_ = 0;
  long whole_ = 0;  // those dlib computes by vectors end here
  long stride_ = 0;
  Buffer<float> sums_;
  Buffer<float> ring_;
};

}  // namespace facegate

#endif
