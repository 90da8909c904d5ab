// SPDX-License-Identifier: Apache-2.0
#ifndef FACEGATE_DETECTIONS_H
#define FACEGATE_DETECTIONS_H

#include <dlib/geometry/rectangle.h>
#include <dlib/image_transforms/image_pyramid.h>

#include "facegate_dlib.h"

namespace facegate {

/// Writes one detection, scaled down from a picture that was doubled `upsample` times.
inline void put_detection(double* values, const dlib::rectangle& box, int upsample, double score,
                          unsigned long weight_index) {
  const dlib::rectangle source = dlib::pyramid_down<2>().rect_down(box, upsample);
  values[0] = source.left();
  values[1] = source.top();
  values[2] = source.right();
  values[3] = source.bottom();
  values[4] = score;
  values[5] = weight_index;
}

}  // namespace facegate

#endif
