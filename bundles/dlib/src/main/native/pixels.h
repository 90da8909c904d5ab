// SPDX-License-Identifier: Apache-2.0
// Pictures in foreign memory as dlib images, without a copy unless the channels must be swapped.
#ifndef FACEGATE_PIXELS_H
#define FACEGATE_PIXELS_H

#include <dlib/image_processing/generic_image.h>
#include <dlib/pixel.h>

#include <string>
#include <vector>

#include "facegate_dlib.h"

namespace facegate {

template <typename Pixel>
struct PixelView {
  const unsigned char* pixels;
  long rows;
  long columns;
  long stride;
};

template <typename Pixel>
long num_rows(const PixelView<Pixel>& view) {
  return view.rows;
}
template <typename Pixel>
long num_columns(const PixelView<Pixel>& view) {
  return view.columns;
}
template <typename Pixel>
long width_step(const PixelView<Pixel>& view) {
  return view.stride;
}
template <typename Pixel>
const void* image_data(const PixelView<Pixel>& view) {
  return view.pixels;
}
template <typename Pixel>
void* image_data(PixelView<Pixel>& view) {  // dlib asks for it; nothing here writes through it
  return const_cast<unsigned char*>(view.pixels);
}

/// A picture as Java hands it over.
struct Picture {
  const unsigned char* pixels;
  int width;
  int height;
  int stride;
  int layout;
};

/// Calls use(view) with grey or RGB pixels. BGR is copied into RGB: HOG takes the strongest gradient of the
/// three channels, first one wins, so the order of the channels shows in the result.
template <typename Use>
void with_view(const Picture& p, Use use) {
  if (p.layout == GRAY8) {
    use(PixelView<unsigned char>{p.pixels, p.height, p.width, p.stride});
  } else if (p.layout == RGB24) {
    use(PixelView<dlib::rgb_pixel>{p.pixels, p.height, p.width, p.stride});
  } else if (p.layout == BGR24) {
    const long row_bytes = 3L * p.width;
    std::vector<unsigned char> rgb(row_bytes * p.height);
    for (long y = 0; y < p.height; ++y) {
      const unsigned char* from = p.pixels + y * p.stride;
      unsigned char* to = rgb.data() + y * row_bytes;
      for (long x = 0; x < row_bytes; x += 3) {
        to[x] = from[x + 2];
        to[x + 1] = from[x + 1];
        to[x + 2] = from[x];
      }
    }
    use(PixelView<dlib::rgb_pixel>{rgb.data(), p.height, p.width, row_bytes});
  } else {
    throw dlib::error("unknown pixel layout " + std::to_string(p.layout));
  }
}

}  // namespace facegate

namespace dlib {
template <typename Pixel>
struct image_traits<facegate::PixelView<Pixel>> {
  typedef Pixel pixel_type;
};
template <typename Pixel>
struct image_traits<const facegate::PixelView<Pixel>> {
  typedef Pixel pixel_type;
};
}  // namespace dlib

#endif
