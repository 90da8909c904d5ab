// SPDX-License-Identifier: Apache-2.0
#include "hog_reference.h"

#include <dlib/image_processing/frontal_face_detector.h>

#include <algorithm>

namespace facegate {

using dlib::rect_detection;

namespace {

template <typename Image>
std::vector<rect_detection> found_by_dlib(Image& image, int upsample, double adjust_threshold) {
  static const dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
  for (int i = 0; i < upsample; ++i) dlib::pyramid_up(image);
  std::vector<rect_detection> found;
  dlib::frontal_face_detector own = detector;  // it keeps the features of its last picture
  own(image, found, adjust_threshold);
  return found;
}

}  // namespace

std::vector<rect_detection> search_by_dlib(const Planes& picture, int upsample, double adjust_threshold) {
  if (picture.channels() == 1) {
    dlib::array2d<unsigned char> grey(picture.rows(), picture.columns());
    for (long y = 0; y < picture.rows(); ++y) std::copy_n(picture.row(0, y), picture.columns(), &grey[y][0]);
    return found_by_dlib(grey, upsample, adjust_threshold);
  }
  dlib::array2d<dlib::rgb_pixel> colours(picture.rows(), picture.columns());
  for (long y = 0; y < picture.rows(); ++y)
    for (long x = 0; x < picture.columns(); ++x)
      colours[y][x] = dlib::rgb_pixel(picture.row(0, y)[x], picture.row(1, y)[x], picture.row(2, y)[x]);
  return found_by_dlib(colours, upsample, adjust_threshold);
}

}  // namespace facegate
