// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_transforms/fhog.h>
// below what it uses and does not include itself
#include <dlib/image_processing/correlation_tracker.h>

#include <cmath>

#include "pixels.h"

namespace facegate {

struct BoxTracker::Model {
  dlib::correlation_tracker tracker;
  bool started = false;
};

BoxTracker::BoxTracker() : model_(new Model) {}
BoxTracker::~BoxTracker() = default;

void BoxTracker::start(const unsigned char* pixels, int width, int height, int stride, int layout, double left,
                       double top, double right, double bottom) {
  const dlib::drectangle box(left, top, right, bottom);
  if (box.intersect(dlib::drectangle(0, 0, width - 1, height - 1)).is_empty())
    throw dlib::error("The box to be tracked lies outside the picture.");
  model_->started = false;
  with_view(Picture{pixels, width, height, stride, layout},
            [&](const auto& view) { model_->tracker.start_track(view, box); });
  model_->started = true;
}

double BoxTracker::update(const unsigned char* pixels, int width, int height, int stride, int layout, double* box) {
  if (!model_->started) throw dlib::error("The tracker was not started, or lost its object.");
  double peak_to_side_lobe = 0;
  with_view(Picture{pixels, width, height, stride, layout},
            [&](const auto& view) { peak_to_side_lobe = model_->tracker.update(view); });
  const dlib::drectangle position = model_->tracker.get_position();
  const double size = position.width() * position.height();
  if (!(size >= 1 && size <= 1e10)) {  // NaN too: dlib would go on into nowhere
    model_->started = false;
    throw dlib::error("The tracker lost its object.");
  }
  box[0] = position.left();
  box[1] = position.top();
  box[2] = position.right();
  box[3] = position.bottom();
  return peak_to_side_lobe;
}

}  // namespace facegate
