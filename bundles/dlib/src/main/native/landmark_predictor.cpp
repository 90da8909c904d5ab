// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_processing/shape_predictor.h>

#include "model_source.h"
#include "pixels.h"

namespace facegate {

struct LandmarkPredictor::Model {
  dlib::shape_predictor predictor;
};

LandmarkPredictor::LandmarkPredictor(const std::string& path) : model_(new Model) {
  load_model(model_->predictor, path);
}
LandmarkPredictor::LandmarkPredictor(const unsigned char* model, long long size) : model_(new Model) {
  load_model(model_->predictor, model, size);
}
LandmarkPredictor::~LandmarkPredictor() = default;

int LandmarkPredictor::parts() const { return model_->predictor.num_parts(); }

void LandmarkPredictor::predict(const unsigned char* pixels, int width, int height, int stride, int layout,
                                const int* boxes, int faces, int* points) const {
  with_view(Picture{pixels, width, height, stride, layout}, [&](const auto& view) {
    for (int face = 0; face < faces; ++face, boxes += 4) {
      const auto shape = model_->predictor(view, dlib::rectangle(boxes[0], boxes[1], boxes[2], boxes[3]));
      for (unsigned long part = 0; part < shape.num_parts(); ++part) {
        *points++ = shape.part(part).x();
        *points++ = shape.part(part).y();
      }
    }
  });
}

}  // namespace facegate
