// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_processing/full_object_detection.h>
#include <dlib/image_transforms/interpolation.h>

#include <cstring>

#include "pixels.h"

namespace facegate {

namespace {

dlib::chip_details details_of(const int* points, int parts, int size, double padding) {
  std::vector<dlib::point> shape;
  for (int i = 0; i < parts; ++i) shape.emplace_back(points[2 * i], points[2 * i + 1]);
  const auto details =
      dlib::get_face_chip_details(dlib::full_object_detection(dlib::rectangle(), shape), size, padding);
  const double width = details.rect.width();
  if (!(width >= 1 && width <= 1e5))  // negated: NaN, from points that are all the same, is refused too
    throw dlib::error("The landmarks span no face: its chip would be " + std::to_string(width) + " pixels wide.");
  return details;
}

}  // namespace

void extract_chips(const unsigned char* pixels, int width, int height, int stride, int layout, const int* points,
                   int parts, int faces, int size, double padding, unsigned char* chips) {
  if (parts != 5 && parts != 68)
    throw dlib::error("A face chip needs 5 or 68 landmarks, not " + std::to_string(parts) + ".");
  const size_t bytes = 3UL * size * size;
  with_view(Picture{pixels, width, height, stride, layout}, [&](const auto& view) {
    // One by one: together, dlib scales the part of the picture that holds all of them, and a chip would
    // depend on the other faces.
    for (int face = 0; face < faces; ++face) {
      dlib::matrix<dlib::rgb_pixel> chip;
      dlib::extract_image_chip(view, details_of(points + 2 * parts * face, parts, size, padding), chip);
      std::memcpy(chips + face * bytes, dlib::image_data(chip), bytes);
    }
  });
}

}  // namespace facegate
