// SPDX-License-Identifier: Apache-2.0
#include <dlib/dnn.h>

#include "detections.h"
#include "model_source.h"
#include "pixels.h"

namespace facegate {

namespace {

using namespace dlib;

template <long filters, typename Below>
using Halve = relu<affine<con<filters, 5, 5, 2, 2, Below>>>;
template <typename Below>
using Convolve45 = relu<affine<con<45, 5, 5, 1, 1, Below>>>;
// The network of dlib's mmod_human_face_detector.dat.
using Network = loss_mmod<con<
    1, 9, 9, 1, 1,
    Convolve45<Convolve45<Convolve45<Halve<32, Halve<32, Halve<16, input_rgb_image_pyramid<pyramid_down<6>>>>>>>>>>;

}  // namespace

struct MmodDetector::Model {
  Network network;
};

MmodDetector::MmodDetector(const std::string& path) : model_(new Model) { load_model(model_->network, path); }
MmodDetector::MmodDetector(const unsigned char* model, long long size) : model_(new Model) {
  load_model(model_->network, model, size);
}
MmodDetector::~MmodDetector() = default;

int MmodDetector::detect(const unsigned char* pixels, int width, int height, int stride, int layout, int upsample,
                         double adjust_threshold, double* detections, int capacity) {
  matrix<rgb_pixel> image;
  with_view(Picture{pixels, width, height, stride, layout}, [&](const auto& view) { assign_image(image, view); });
  for (int i = 0; i < upsample; ++i) pyramid_up(image);
  const auto found = model_->network.process(image, adjust_threshold);
  for (int i = 0; i < std::min<int>(capacity, found.size()); ++i)
    put_detection(detections + i * DETECTION_VALUES, found[i].rect, upsample, found[i].detection_confidence, 0);
  return found.size();
}

}  // namespace facegate
