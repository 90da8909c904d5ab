// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_processing/frontal_face_detector.h>

#include <cmath>
#include <utility>

#include "detections.h"
#include "parallel.h"
#include "pixels.h"

namespace facegate {

using dlib::array2d;
using dlib::rect_detection;
using dlib::rectangle;

typedef std::vector<std::pair<double, rectangle>> Hits;

struct HogDetector::Model {
  dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
};

namespace {

/// dlib's scan of a picture (scan_fhog_pyramid and object_detector), level by level so that levels can be left
/// out or run in parallel. Arithmetic, order of hits and suppression are dlib's: the results are identical.
class Scan {
 public:
  Scan(const dlib::frontal_face_detector& detector, double adjust_threshold, int threads)
      : detector_(detector),
        scanner_(detector.get_scanner()),
        window_columns_(scanner_.get_fhog_window_width()),
        window_rows_(scanner_.get_fhog_window_height()),
        adjust_threshold_(adjust_threshold),
        threads_(threads) {}

  template <typename Image>
  std::vector<rect_detection> run(const Image& image, double min_box) const {
    typedef typename dlib::image_traits<Image>::pixel_type Pixel;
    const long levels = level_count(image), first = first_level(levels, min_box);
    if (first == levels) return {};
    std::vector<array2d<Pixel>> smaller(levels);
    for (long level = 1; level < levels; ++level) {
      if (level == 1)
        pyramid_(image, smaller[1]);
      else
        pyramid_(smaller[level - 1], smaller[level]);
    }
    std::vector<std::vector<Hits>> hits(levels);
    run_parallel(levels - first, threads_, [&](long i) {
      const long level = first + i;
      hits[level] = level == 0 ? search(image, level) : search(smaller[level], level);
    });
    return suppress(hits);
  }

 private:
  template <typename Image>
  long level_count(const Image& image) const {
    long levels = 0;
    rectangle area = dlib::get_rect(image);
    do {
      area = pyramid_.rect_down(area);
      ++levels;
    } while (area.width() >= scanner_.get_min_pyramid_layer_width() &&
             area.height() >= scanner_.get_min_pyramid_layer_height() &&
             levels < static_cast<long>(scanner_.get_max_pyramid_levels()));
    return levels;
  }

  rectangle box_at(long column, long row) const {
    const long padding = scanner_.get_padding();
    const rectangle cells = dlib::centered_rect(dlib::point(column, row), window_columns_ - 2 * padding,
                                                window_rows_ - 2 * padding);
    return scanner_.get_feature_extractor().feats_to_image(cells, scanner_.get_cell_size(), window_rows_,
                                                           window_columns_);
  }

  /// The first level whose boxes can be min_box wide; rounding moves a side by up to one pixel. (Only boxes that
  /// leave the picture at the left or the top are wider than others of their level.)
  long first_level(long levels, double min_box) const {
    double width = box_at(window_columns_, window_rows_).width();
    long level = 0;
    for (; level < levels && width + 1 < min_box; ++level) width *= 6.0 / 5.0;
    return level;
  }

  /// Hits of one level, per detector.
  template <typename Image>
  std::vector<Hits> search(const Image& image, long level) const {
    dlib::array<array2d<float>> features;
    scanner_.get_feature_extractor()(image, features, scanner_.get_cell_size(), window_rows_, window_columns_);
    std::vector<Hits> hits(detector_.num_detectors());
    array2d<float> saliency;
    for (unsigned long i = 0; i < hits.size(); ++i) {
      const auto& weights = detector_.get_processed_w(i);
      const double threshold = weights.w(scanner_.get_num_dimensions()) + adjust_threshold_;
      const rectangle area = dlib::impl::apply_filters_to_fhog(weights.get_detect_argument(), features, saliency);
      for (long r = area.top(); r <= area.bottom(); ++r)
        for (long c = area.left(); c <= area.right(); ++c)
          if (saliency[r][c] >= threshold)
            hits[i].emplace_back(saliency[r][c], pyramid_.rect_up(box_at(c, r), level));
    }
    return hits;
  }

  std::vector<rect_detection> suppress(const std::vector<std::vector<Hits>>& hits) const {
    std::vector<rect_detection> candidates;
    for (unsigned long i = 0; i < detector_.num_detectors(); ++i) {
      Hits of_detector;
      for (const auto& of_level : hits)
        if (!of_level.empty()) of_detector.insert(of_detector.end(), of_level[i].begin(), of_level[i].end());
      std::sort(of_detector.rbegin(), of_detector.rend(), dlib::impl::compare_pair_rect);
      const double threshold = detector_.get_processed_w(i).w(scanner_.get_num_dimensions());
      for (const auto& hit : of_detector) {
        rect_detection candidate;
        candidate.detection_confidence = hit.first - threshold;
        candidate.weight_index = i;
        candidate.rect = hit.second;
        candidates.push_back(candidate);
      }
    }
    std::sort(candidates.rbegin(), candidates.rend());
    const auto& overlap = detector_.get_overlap_tester();
    std::vector<rect_detection> kept;
    for (const auto& candidate : candidates)
      if (std::none_of(kept.begin(), kept.end(),
                       [&](const rect_detection& better) { return overlap(better.rect, candidate.rect); }))
        kept.push_back(candidate);
    return kept;
  }

  const dlib::frontal_face_detector& detector_;
  const dlib::frontal_face_detector::image_scanner_type& scanner_;
  const long window_columns_;
  const long window_rows_;
  const double adjust_threshold_;
  const int threads_;
  dlib::pyramid_down<6> pyramid_;
};

}  // namespace

HogDetector::HogDetector() : model_(new Model) {}
HogDetector::~HogDetector() = default;

int HogDetector::detect(const unsigned char* pixels, int width, int height, int stride, int layout, int upsample,
                        double adjust_threshold, int min_face, int threads, double* detections,
                        int capacity) const {
  const Scan scan(model_->detector, adjust_threshold, threads);
  std::vector<rect_detection> found;
  with_view(Picture{pixels, width, height, stride, layout}, [&](const auto& view) {
    if (upsample == 0) {
      found = scan.run(view, min_face);
      return;
    }
    array2d<typename dlib::image_traits<std::decay_t<decltype(view)>>::pixel_type> larger;
    dlib::pyramid_up(view, larger, dlib::pyramid_down<2>());
    for (int i = 1; i < upsample; ++i) dlib::pyramid_up(larger);
    found = scan.run(larger, std::ldexp(min_face, upsample));
  });
  for (int i = 0; i < std::min<int>(capacity, found.size()); ++i)
    put_detection(detections + i * DETECTION_VALUES, found[i].rect, upsample, found[i].detection_confidence,
                  found[i].weight_index);
  return found.size();
}

}  // namespace facegate
