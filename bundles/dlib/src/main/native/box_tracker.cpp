// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_transforms/fhog.h>
// below what it uses and does not include itself
#include <dlib/image_processing/correlation_tracker.h>

#include <cmath>

#include "pixels.h"

namespace facegate {

struct BoxTracker::Model {
  Model(int filter_size, int scale_levels) : tracker(filter_size, scale_levels) {}
  dlib::correlation_tracker tracker;
  bool started = false;
};

BoxTracker::BoxTracker(int filter_size, int scale_levels) {
  if (filter_size < 4 || filter_size > 8 || scale_levels < 2 || scale_levels > 6)
    throw dlib::error("The filter size is 4 to 8, the scale levels 2 to 6.");
  model_.reset(new Model(filter_size, scale_levels));
}
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

void BoxTracker::check(double size) {
  if (size >= 1 && size <= 1e10) return;  // NaN is not: dlib would go on into nowhere
  model_->started = false;
  throw dlib::error("The tracker lost its object.");
}

double BoxTracker::update(const unsigned char* pixels, int width, int height, int stride, int layout, double* box) {
  if (!model_->started) throw dlib::error("The tracker was not started, or lost its object.");
  const dlib::drectangle guess(box[0], box[1], box[2], box[3]);
  check(guess.width() * guess.height());
  double peak_to_side_lobe = 0;
  with_view(Picture{pixels, width, height, stride, layout},
            [&](const auto& view) { peak_to_side_lobe = model_->tracker.update(view, guess); });
  const dlib::drectangle position = model_->tracker.get_position();
  check(position.width() * position.height());
  box[0] = position.left();
  box[1] = position.top();
  box[2] = position.right();
  box[3] = position.bottom();
  return peak_to_side_lobe;
}

}  // namespace facegate
