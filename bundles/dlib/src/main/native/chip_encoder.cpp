// SPDX-License-Identifier: Apache-2.0
#include <dlib/dnn.h>

#include <cstring>

#include "facegate_dlib.h"
#include "model_source.h"

namespace facegate {

namespace {

using namespace dlib;

// The network of dlib_face_recognition_resnet_model_v1.dat: 29 convolutions, shortcut connections in pairs.
template <int filters, int stride, typename Below>
using Pair = affine<con<filters, 3, 3, 1, 1, relu<affine<con<filters, 3, 3, stride, stride, Below>>>>>;
template <int filters, typename Below>
using Residual = relu<add_prev1<Pair<filters, 1, tag1<Below>>>>;
template <int filters, typename Below>
using ResidualDown = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<Pair<filters, 2, tag1<Below>>>>>>>;
template <typename Below>
using Level0 = ResidualDown<256, Below>;
template <typename Below>
using Level1 = Residual<256, Residual<256, ResidualDown<256, Below>>>;
template <typename Below>
using Level2 = Residual<128, Residual<128, ResidualDown<128, Below>>>;
template <typename Below>
using Level3 = Residual<64, Residual<64, Residual<64, ResidualDown<64, Below>>>>;
template <typename Below>
using Level4 = Residual<32, Residual<32, Residual<32, Below>>>;
constexpr int chip_size = 150;
using Stem = max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, input_rgb_image_sized<chip_size>>>>>;
using Network = loss_metric<
    fc_no_bias<DESCRIPTOR_VALUES, avg_pool_everything<Level0<Level1<Level2<Level3<Level4<Stem>>>>>>>>;

// Convolutions work picture by picture, so a larger batch costs memory and gains nothing.
constexpr size_t batch = 4;

}  // namespace

struct ChipEncoder::Model {
  Network network;
};

ChipEncoder::ChipEncoder(const std::string& path) : model_(new Model) { load_model(model_->network, path); }
ChipEncoder::ChipEncoder(const unsigned char* model, long long size) : model_(new Model) {
  load_model(model_->network, model, size);
}
ChipEncoder::~ChipEncoder() = default;

void ChipEncoder::encode(const unsigned char* chips, int faces, float* descriptors) {
  const size_t bytes = 3UL * chip_size * chip_size;
  std::vector<matrix<rgb_pixel>> inputs(faces);
  for (auto& input : inputs) {
    input.set_size(chip_size, chip_size);
    std::memcpy(image_data(input), chips, bytes);
    chips += bytes;
  }
  for (const auto& descriptor : model_->network(inputs, batch)) {
    if (descriptor.size() != DESCRIPTOR_VALUES)
      throw dlib::error("The model gives " + std::to_string(descriptor.size()) + " values instead of 128.");
    descriptors = std::copy(descriptor.begin(), descriptor.end(), descriptors);
  }
}

}  // namespace facegate
