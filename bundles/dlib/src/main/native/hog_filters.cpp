// SPDX-License-Identifier: Apache-2.0
#include "hog_filters.h"

#include <algorithm>

#include "vectors.h"

namespace facegate {

namespace {

/// dlib adds up eight neighbours at a time, in three sums; the last few of a row one by one. WHOLE vectors and the
/// rest are therefore added in different orders. product(n) is the n-th of ten products.
template <bool WHOLE, typename Product>
FACEGATE_INLINE Floats add_up(const Product& product) {
  Floats sum = Floats();
  if (!WHOLE) {
    for (int n = 0; n < WINDOW; ++n) sum += product(n);
    return sum;
  }
  Floats second = Floats(), third = Floats();
  for (int n = 0; n < WINDOW - 2; n += 3) {
    sum += product(n);
    second += product(n + 1);
    third += product(n + 2);
  }
  sum += product(WINDOW - 1);
  return sum + (second + third);
}

}  // namespace

void Filtering::run(const Features& features, const std::vector<Filter>& filters) {
  const long rows = features.rows();
  columns_ = features.columns();
  whole_ = columns_ / DLIB_LANES * DLIB_LANES;
  stride_ = (columns_ / DLIB_LANES + 2) * DLIB_LANES;
  std::fill_n(sums_.need(rows * stride_), rows * stride_, 0.0f);
  ring_.need(RING * stride_);
  // Row r of the sums takes the filtered rows r to r + 9, of which the first 4 and the last 5 lie outside: zeros.
  for (const Filter& filter : filters) {
    for (long row = 0; row < rows + WINDOW - 1; ++row) {
      const long from = row - LEFT_PADDING;
      if (from >= 0 && from < rows)
        filter_row(features.row(filter.feature, from), filter.row, filtered(row));
      else
        std::fill_n(filtered(row), stride_, 0.0f);
      const long to = row - (WINDOW - 1);
      if (to >= 0) filter_columns(to, filter.column, sums_.begin() + to * stride_);
    }
  }
}

void Filtering::filter_row(const float* from, const float* weights, float* to) const {
  Floats weight[WINDOW];
  for (int n = 0; n < WINDOW; ++n) weight[n] = all(weights[n]);
  long x = 0;
  auto product = [&](int n) { return load<Floats>(from + x + n) * weight[n]; };
  for (; x < whole_; x += LANES) store(to + x, add_up<true>(product));
  for (; x < columns_; x += LANES) store(to + x, add_up<false>(product));
}

void Filtering::filter_columns(long row, const float* weights, float* to) const {
  Floats weight[WINDOW];
  const float* from[WINDOW];
  for (int n = 0; n < WINDOW; ++n) {
    weight[n] = all(weights[n]);
    from[n] = filtered(row + n);
  }
  long x = 0;
  auto product = [&](int n) { return load<Floats>(from[n] + x) * weight[n]; };
  for (; x < whole_; x += LANES) store(to + x, add_up<true>(product) + load<Floats>(to + x));
  for (; x < columns_; x += LANES) store(to + x, add_up<false>(product) + load<Floats>(to + x));
}

}  // namespace facegate
