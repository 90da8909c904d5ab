// SPDX-License-Identifier: Apache-2.0
// Compiled with fused multiply-add where the processor has it, unlike everything else.
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#define EIGEN_MPL2_ONLY
#include "convolution.h"

#include <Eigen/Core>
#include <algorithm>
#include <vector>

namespace facegate {

namespace {

typedef Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> RowMajor;
typedef Eigen::Map<const RowMajor, 0, Eigen::OuterStride<>> ConstPanel;
typedef Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> Panel;

// A panel of this size stays in the second-level cache.
constexpr long panel_floats = 512 * 1024 / sizeof(float);

/// The input pixels under one filter tap, for output rows [first, last): one row of the im2col matrix.
float* copy_tap(float* to, const float* channel, const ConvolutionShape& s, long tap_row, long tap_column, long first,
                long last) {
  const long offset = tap_column - s.padding_columns;
  const long begin = std::min(s.output_columns, offset >= 0 ? 0 : (-offset + s.stride_columns - 1) / s.stride_columns);
  const long inside = s.columns - offset;
  const long end = std::max(
      begin, std::min(s.output_columns, inside <= 0 ? 0 : (inside + s.stride_columns - 1) / s.stride_columns));
  for (long row = first; row < last; ++row, to += s.output_columns) {
    const long y = row * s.stride_rows + tap_row - s.padding_rows;
    if (y < 0 || y >= s.rows) {
      std::fill(to, to + s.output_columns, 0.0f);
      continue;
    }
    const float* from = channel + y * s.columns + offset;
    std::fill(to, to + begin, 0.0f);
    if (s.stride_columns == 1) {
      std::copy(from + begin, from + end, to + begin);
    } else {
      for (long column = begin; column < end; ++column) to[column] = from[column * s.stride_columns];
    }
    std::fill(to + end, to + s.output_columns, 0.0f);
  }
  return to;
}

void fill_panel(float* to, const float* sample, const ConvolutionShape& s, long first, long last) {
  for (long channel = 0; channel < s.channels; ++channel, sample += s.rows * s.columns)
    for (long row = 0; row < s.filter_rows; ++row)
      for (long column = 0; column < s.filter_columns; ++column)
        to = copy_tap(to, sample, s, row, column, first, last);
}

}  // namespace

void convolve(bool add, float* output, const float* input, const float* filters, const ConvolutionShape& s) {
  const long depth = s.channels * s.filter_rows * s.filter_columns;
  const long pixels = s.output_rows * s.output_columns;
  const long step = std::max(1L, std::min(s.output_rows, panel_floats / std::max(1L, depth * s.output_columns)));
  std::vector<float, Eigen::aligned_allocator<float>> buffer(depth * step * s.output_columns);
  const ConstPanel weights(filters, s.filters, depth, Eigen::OuterStride<>(depth));
  for (long sample = 0; sample < s.samples; ++sample) {
    for (long first = 0; first < s.output_rows; first += step) {
      const long last = std::min(s.output_rows, first + step), count = (last - first) * s.output_columns;
      fill_panel(buffer.data(), input, s, first, last);
      const ConstPanel panel(buffer.data(), depth, count, Eigen::OuterStride<>(count));
      Panel result(output + first * s.output_columns, s.filters, count, Eigen::OuterStride<>(pixels));
      if (add)
        result.noalias() += weights * panel;
      else
        result.noalias() = weights * panel;
    }
    input += s.channels * s.rows * s.columns;
    output += s.filters * pixels;
  }
}

}  // namespace facegate
