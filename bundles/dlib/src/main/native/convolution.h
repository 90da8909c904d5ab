// SPDX-License-Identifier: Apache-2.0
// The forward convolution that takes the place of dlib's plain loops (see cnf/native/build-dlib.sh).
#ifndef FACEGATE_CONVOLUTION_H
#define FACEGATE_CONVOLUTION_H

namespace facegate {

/// Shapes of a convolution, all row-major and without gaps: input samples x channels x rows x columns, filters
/// output channels x channels x filter rows x filter columns.
struct ConvolutionShape {
  long samples, channels, rows, columns;
  long filters, filter_rows, filter_columns;
  long stride_rows, stride_columns;
  long padding_rows, padding_columns;
  long output_rows, output_columns;
};

/// output (+)= filters * input.
void convolve(bool add, float* output, const float* input, const float* filters, const ConvolutionShape& shape);

}  // namespace facegate

#endif
