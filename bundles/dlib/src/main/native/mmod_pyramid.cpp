// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_processing/box_overlap_testing.h>
#include <dlib/image_transforms.h>
#include <dlib/matrix.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "detections.h"
#include "pixels.h"

namespace facegate {

namespace {

using namespace dlib;
typedef pyramid_down<6> Pyramid;

struct Candidate {
  double score;
  rectangle box;
  bool operator<(const Candidate& other) const { return score < other.score; }
};

}  // namespace

struct MmodPyramid::State {
  std::vector<float> averages;
  unsigned long padding;
  unsigned long outer_padding;
  std::vector<rectangle> tiles;
  long rows = 0;
  long columns = 0;
  std::vector<float> planes;

  template <typename Image>
  void tile(const Image& image) {
    impl::compute_tiled_image_pyramid_details(Pyramid(), num_rows(image), num_columns(image), padding,
                                              outer_padding, tiles, rows, columns);
    planes.assign(3 * rows * columns, 0);
    const const_image_view<Image> view(image);
    const rectangle& first = tiles[0];
    for (long channel = 0; channel < 3; ++channel)
      for (long r = 0; r < view.nr(); ++r) {
        float* to = row(channel, first.top() + r) + first.left();
        for (long c = 0; c < view.nc(); ++c) to[c] = (sample(view[r][c], channel) - averages[channel]) / 256.0;
      }
    for (size_t level = 1; level < tiles.size(); ++level)
      for (long channel = 0; channel < 3; ++channel) {
        const auto larger = part(channel, tiles[level - 1]);
        auto smaller = part(channel, tiles[level]);
        resize_image(larger, smaller);
      }
  }

  float* row(long channel, long r) { return planes.data() + (channel * rows + r) * columns; }

  sub_image_proxy<matrix<float>> part(long channel, const rectangle& tile) {
    return sub_image(row(channel, tile.top()) + tile.left(), tile.height(), tile.width(), columns);
  }

  static unsigned char sample(unsigned char grey, long) { return grey; }
  static unsigned char sample(const rgb_pixel& pixel, long channel) {
    return channel == 0 ? pixel.red : channel == 1 ? pixel.green : pixel.blue;
  }
};

MmodPyramid::MmodPyramid(float red, float green, float blue, int padding, int outer_padding) : state_(new State) {
  state_->averages = {red, green, blue};
  state_->padding = padding;
  state_->outer_padding = outer_padding;
}
MmodPyramid::~MmodPyramid() = default;

void MmodPyramid::tile(const unsigned char* pixels, int width, int height, int stride, int layout, int upsample) {
  with_view(Picture{pixels, width, height, stride, layout}, [&](const auto& view) {
    if (upsample == 0) {
      state_->tile(view);
      return;
    }
    array2d<typename image_traits<std::decay_t<decltype(view)>>::pixel_type> larger;
    pyramid_up(view, larger, pyramid_down<2>());
    for (int i = 1; i < upsample; ++i) pyramid_up(larger, pyramid_down<2>());
    state_->tile(larger);
  });
}

int MmodPyramid::rows() const { return state_->rows; }
int MmodPyramid::columns() const { return state_->columns; }
float* MmodPyramid::planes() { return state_->planes.data(); }

int MmodPyramid::detect(const float* scores, int rows, int columns, const double* window, double adjust_threshold,
                        int upsample, double* detections, int capacity) const {
  std::vector<Candidate> candidates;
  for (long r = 0; r < rows; ++r)
    for (long c = 0; c < columns; ++c) {
      const double score = scores[r * columns + c];
      if (!(score > adjust_threshold)) continue;
      const dpoint center(c * window[STEP] + window[OFFSET], r * window[STEP] + window[OFFSET]);
      const drectangle box = centered_drect(center, window[WIDTH], window[HEIGHT]);
      candidates.push_back({score, tiled_pyramid_to_image<Pyramid>(state_->tiles, box)});
    }
  std::sort(candidates.rbegin(), candidates.rend());
  const test_box_overlap overlaps(window[UNION], window[COVERED]);
  std::vector<Candidate> kept;
  for (const auto& candidate : candidates)
    if (std::none_of(kept.begin(), kept.end(),
                     [&](const Candidate& better) { return overlaps(better.box, candidate.box); }))
      kept.push_back(candidate);
  for (int i = 0; i < std::min<int>(capacity, kept.size()); ++i)
    put_detection(detections + i * DETECTION_VALUES, kept[i].box, upsample, kept[i].score, 0);
  return kept.size();
}

}  // namespace facegate
