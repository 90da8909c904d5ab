// SPDX-License-Identifier: Apache-2.0
#include "hog_planes.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "facegate_dlib.h"
#include "vectors.h"

namespace facegate {

namespace {

/// Vectors may read so many bytes behind the end of a row.
constexpr long READ_AHEAD = 32;

/// Whole multiples of a cache line, but of an odd number of them: rows of a power of two would share few cache sets.
long padded(long columns) { return ((columns + READ_AHEAD + 63) / 64 | 1) * 64; }

/// Pillow's convert("L"), ITU-R 601-2 luma, as face_recognition's users get grey pictures.
unsigned char luma(unsigned red, unsigned green, unsigned blue) {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/// The bytes at the first of the places.
FACEGATE_INLINE Floats pick(const Window& window, const Window& places) {
  return to_floats(to_ints(__builtin_shuffle(window, places)));
}

}  // namespace

void Planes::resize(int channels, long rows, long columns) {
  channels_ = channels;
  rows_ = rows;
  columns_ = columns;
  stride_ = padded(columns);
  pixels_ = memory_.need(channels * rows * stride_);
}

void Planes::assign(const unsigned char* pixels, long stride, int layout) {
  const int red = layout == BGR24 ? 2 : 0, blue = 2 - red;
  for (long y = 0; y < rows_; ++y) {
    const unsigned char* from = pixels + y * stride;
    unsigned char* __restrict first = row(0, y);
    if (layout == GRAY8) {
      std::copy(from, from + columns_, first);
    } else if (channels_ == 1) {
      for (long x = 0; x < columns_; ++x) first[x] = luma(from[3 * x + red], from[3 * x + 1], from[3 * x + blue]);
    } else {
      unsigned char* __restrict second = row(1, y);
      unsigned char* __restrict third = row(2, y);
      for (long x = 0; x < columns_; ++x) {
        first[x] = from[3 * x + red];
        second[x] = from[3 * x + 1];
        third[x] = from[3 * x + blue];
      }
    }
  }
}

// dlib adds up the positions of rows in doubles and those of columns, four at a time, in floats; what is left of a row
// when the right neighbour would be outside is computed in doubles. All of that shows in the samples.
Resizing::Resizing(const Planes& from, Planes& to) : from_(from), to_(to) {
  x_scale_ = (from.columns() - 1) / static_cast<double>(std::max<long>(to.columns() - 1, 1));
  const double y_scale = (from.rows() - 1) / static_cast<double>(std::max<long>(to.rows() - 1, 1));
  double y = -y_scale;
  for (long r = 0; r < to.rows(); ++r) y_.push_back(y += y_scale);

  const double start = -4 * x_scale_;
  const float step = 4 * x_scale_;
  float x[4];
  for (int i = 0; i < 4; ++i) x[i] = start + i * x_scale_;
  for (;; vector_columns_ += 4) {
    for (float& position : x) position += step;
    if (static_cast<long>(x[3]) + 1 >= from.columns()) break;
    const int first = vector_columns_ % LANES;
    if (first == 0) {
      groups_.push_back(Group());
      groups_.back().base = static_cast<long>(x[0]);
    }
    Group& group = groups_.back();
    for (int i = 0; i < 4; ++i) {
      const long left = static_cast<long>(x[i]);
      if (left - group.base > 14) throw std::logic_error("a picture is made too small at once");
      group.places[first + i] = left - group.base;
      group.fraction[first + i] = x[i] - static_cast<float>(left);
      group.rest[first + i] = 1 - group.fraction[first + i];
    }
  }
}

void Resizing::make_rows(long begin, long end) const {
  for (long r = begin; r < end; ++r) {
    const long top = static_cast<long>(std::floor(y_[r]));
    const long bottom = std::min(top + 1, from_.rows() - 1);
    if (to_.channels() == 1)
      make_vectors<1>(r, top, bottom, y_[r] - top);
    else
      make_vectors<3>(r, top, bottom, y_[r] - top);
    for (int channel = 0; channel < to_.channels(); ++channel) make_tail(channel, r, top, bottom, y_[r] - top);
  }
}

template <int CHANNELS>
void Resizing::make_vectors(long row, long top, long bottom, double fraction) const {
  const unsigned char* above[CHANNELS];
  const unsigned char* below[CHANNELS];
  unsigned char* to[CHANNELS];
  for (int channel = 0; channel < CHANNELS; ++channel) {
    above[channel] = from_.row(channel, top);
    below[channel] = from_.row(channel, bottom);
    to[channel] = to_.row(channel, row);
  }
  const Floats down = all(fraction), up = all(1 - fraction);
  long column = 0;
  for (const Group& group : groups_) {
    const Window lefts = load<Window>(group.places), rights = lefts + 1;
    const Floats right_share = load<Floats>(group.fraction), left_share = load<Floats>(group.rest);
    const Floats up_left = up * left_share, up_right = up * right_share;
    const Floats down_left = down * left_share, down_right = down * right_share;
    for (int channel = 0; channel < CHANNELS; ++channel) {
      const Window upper = load<Window>(above[channel] + group.base), lower = load<Window>(below[channel] + group.base);
      const Floats value = up_left * pick(upper, lefts) + up_right * pick(upper, rights) +
                           down_left * pick(lower, lefts) + down_right * pick(lower, rights);
      Ints whole = truncated(value);
      // dlib rounds grey samples and truncates colours; true is -1
      if (CHANNELS == 1) whole -= value - to_floats(whole) >= all(0.5f);
      store_bytes(to[channel] + column, whole);
    }
    column += LANES;
  }
}

void Resizing::make_tail(int channel, long row, long top, long bottom, double fraction) const {
  const unsigned char* above = from_.row(channel, top);
  const unsigned char* below = from_.row(channel, bottom);
  unsigned char* to = to_.row(channel, row);
  double x = -x_scale_ + vector_columns_ * x_scale_;
  for (long c = vector_columns_; c < to_.columns(); ++c) {
    x += x_scale_;
    const long left = static_cast<long>(std::floor(x));
    const long right = std::min(left + 1, from_.columns() - 1);
    if (to_.channels() == 1) {
      const float share = x - left;
      const float value = (1 - fraction) * ((1 - share) * static_cast<float>(above[left]) + share * above[right]) +
                          fraction * ((1 - share) * static_cast<float>(below[left]) + share * below[right]);
      to[c] = static_cast<unsigned char>(std::min(std::max(value, 0.0f), 255.0f));
    } else {
      const double share = x - left;
      to[c] = static_cast<unsigned char>((1 - fraction) * ((1 - share) * above[left] + share * above[right]) +
                                         fraction * ((1 - share) * below[left] + share * below[right]));
    }
  }
}

}  // namespace facegate
