// SPDX-License-Identifier: Apache-2.0
// Pictures for the HOG detector: one plane of bytes for each channel, and dlib's bilinear resizing of them.
#ifndef FACEGATE_HOG_PLANES_H
#define FACEGATE_HOG_PLANES_H

#include <vector>

#include "buffer.h"

namespace facegate {

/// A picture of one (grey) or three (red, green, blue) planes. Behind each row some bytes may be read.
class Planes {
 public:
  /// Makes it this large; what was in it is lost.
  void resize(int channels, long rows, long columns);
  /// Copies a picture of as many rows and columns; colours into one plane as luma. Throws nothing.
  void assign(const unsigned char* pixels, long stride, int layout);

  int channels() const { return channels_; }
  long rows() const { return rows_; }
  long columns() const { return columns_; }
  unsigned char* row(int channel, long row) { return pixels_ + (channel * rows_ + row) * stride_; }
  const unsigned char* row(int channel, long row) const { return pixels_ + (channel * rows_ + row) * stride_; }
  std::size_t bytes() const { return memory_.bytes(); }

 private:
  Buffer<unsigned char> memory_;
  unsigned char* pixels_ = nullptr;
  int channels_ = 0;
  long rows_ = 0;
  long columns_ = 0;
  long stride_ = 0;
};

/// dlib::resize_image with interpolate_bilinear from one picture to another of the same channels: every sample is the
/// same. Rows can be made in any order and by several threads at once.
class Resizing {
 public:
  /// Both pictures must stay as they are until all rows are made.
  Resizing(const Planes& from, Planes& to);
  /// Makes rows begin to end - 1.
  void make_rows(long begin, long end) const;

 private:
  /// Neighbouring columns, as many as a vector takes: where their left neighbours are, counted from base, and the
  /// shares of both.
  struct Group {
    long base;
    unsigned char places[16];
    float fraction[8];
    float rest[8];
  };
  template <int CHANNELS>
  void make_vectors(long row, long top, long bottom, double fraction) const;
  void make_tail(int channel, long row, long top, long bottom, double fraction) const;

  const Planes& from_;
  Planes& to_;
  std::vector<double> y_;
  std::vector<Group> groups_;
  long vector_columns_ = 0;
  double x_scale_;
};

}  // namespace facegate

#endif
