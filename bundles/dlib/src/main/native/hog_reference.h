// SPDX-License-Identifier: Apache-2.0
// dlib's own face detector: what ours is compared with.
#ifndef FACEGATE_HOG_REFERENCE_H
#define FACEGATE_HOG_REFERENCE_H

#include <dlib/image_processing/object_detector.h>

#include <vector>

#include "hog_planes.h"

namespace facegate {

/// The faces that it finds. Slow at first: it unpacks the detector.
std::vector<dlib::rect_detection> search_by_dlib(const Planes& picture, int upsample, double adjust_threshold);

}  // namespace facegate

#endif
