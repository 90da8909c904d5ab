// SPDX-License-Identifier: Apache-2.0
#include <dlib/image_processing/box_overlap_testing.h>
#include <dlib/image_processing/object_detector.h>
#include <dlib/image_transforms/fhog.h>

#include <cmath>
#include <mutex>
#include <utility>

#include "detections.h"
#include "hog_features.h"
#include "hog_filters.h"
#include "hog_planes.h"
#include "hog_reference.h"
#include "schedule.h"

namespace facegate {

using dlib::rect_detection;
using dlib::rectangle;

typedef std::vector<std::pair<double, rectangle>> Hits;

namespace {

/// What one detection works with. Kept for the next one: new memory costs a page fault for each 4 KB.
struct Workspace {
  int layout = 0;
  Planes source;
  std::vector<Planes> doubled;
  std::vector<Planes> smaller;
  std::vector<Features> features;
  std::vector<FeatureExtraction> extractions;
  std::vector<Filtering> filterings;
  std::vector<rect_detection> found;
  int upsample = 0;

  std::size_t bytes() const {
    std::size_t sum = source.bytes();
    for (const auto& planes : doubled) sum += planes.bytes();
    for (const auto& planes : smaller) sum += planes.bytes();
    for (const auto& level : features) sum += level.bytes();
    return sum;
  }
};

/// Workspaces by slot; those of large pictures are not kept.
class Workspaces {
 public:
  int take() {
    std::lock_guard<std::mutex> guard(lock_);
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      if (slots_[slot].used) continue;
      if (!slots_[slot].workspace) slots_[slot].workspace.reset(new Workspace);
      slots_[slot].used = true;
      return static_cast<int>(slot);
    }
    slots_.push_back(Slot{std::unique_ptr<Workspace>(new Workspace), true});
    return static_cast<int>(slots_.size()) - 1;
  }

  Workspace& at(int slot) {
    std::lock_guard<std::mutex> guard(lock_);
    return *slots_[slot].workspace;
  }

  void release(int slot) {
    std::unique_ptr<Workspace> dropped;  // freed without the lock
    std::lock_guard<std::mutex> guard(lock_);
    if (slot >= MOST_KEPT || slots_[slot].workspace->bytes() > LARGEST_KEPT)
      dropped = std::move(slots_[slot].workspace);
    slots_[slot].used = false;
  }

 private:
  struct Slot {
    std::unique_ptr<Workspace> workspace;
    bool used;
  };
  static constexpr std::size_t LARGEST_KEPT = 32u << 20;
  static constexpr int MOST_KEPT = 2;
  std::mutex lock_;
  std::deque<Slot> slots_;
};

}  // namespace

namespace {

struct WeightsRow {
  int detector;
  Filter filter;
};

#include "hog_weights.h"

constexpr int DETECTORS = sizeof THRESHOLDS / sizeof *THRESHOLDS;

/// dlib's face detector, taken apart: unpacking it takes dlib 0.5 s.
struct Weights {
  Weights() {
    for (const WeightsRow& row : FILTERS) filters[row.detector].push_back(row.filter);
  }

  std::vector<Filter> filters[DETECTORS];
  dlib::test_box_overlap overlap = dlib::test_box_overlap(OVERLAP[0], OVERLAP[1]);
};

}  // namespace

struct HogDetector::Model {
  Weights weights;
  Workspaces workspaces;
};

namespace {

/// dlib's scan of a picture (scan_fhog_pyramid and object_detector) in tasks that several threads share. Arithmetic,
/// order of hits and suppression are dlib's: the results are identical.
class Scan {
 public:
  Scan(const Weights& weights, double adjust_threshold, int threads, Workspace& workspace)
      : weights_(weights),
        adjust_threshold_(adjust_threshold),
        threads_(threads),
        workspace_(workspace) {
    workspace.extractions.resize(std::max<std::size_t>(workspace.extractions.size(), threads));
    workspace.filterings.resize(std::max<std::size_t>(workspace.filterings.size(), threads));
  }

  /// Detections in the workspace's source, doubled so many times; boxes are of the doubled picture.
  std::vector<rect_detection> run(int upsample, double min_box) {
    Schedule schedule;
    int ready = Schedule::NOTHING;
    workspace_.doubled.resize(std::max<std::size_t>(workspace_.doubled.size(), upsample));
    Planes* picture = &workspace_.source;
    for (int i = 0; i < upsample; ++i) {
      const rectangle larger = dlib::pyramid_down<2>().rect_up(rectangle(picture->columns(), picture->rows()));
      Planes& doubled = workspace_.doubled[i];
      doubled.resize(picture->channels(), larger.bottom() + 1, larger.right() + 1);
      ready = add_resizing(schedule, *picture, doubled, ready);
      picture = &doubled;
    }
    const long levels = level_count(picture->rows(), picture->columns());
    const long first = first_level(levels, min_box);
    if (first == levels) return {};
    hits_.assign(levels, std::vector<Hits>(DETECTORS));
    workspace_.smaller.resize(std::max<std::size_t>(workspace_.smaller.size(), levels));
    workspace_.features.resize(std::max<std::size_t>(workspace_.features.size(), levels));
    int searchable = Schedule::NOTHING;
    for (long level = 0; level < levels; ++level) {
      Planes* next = nullptr;
      int next_ready = Schedule::NOTHING;
      if (level + 1 < levels) {
        next = &workspace_.smaller[level + 1];
        next->resize(picture->channels(), 5 * picture->rows() / 6, 5 * picture->columns() / 6);
        next_ready = add_resizing(schedule, *picture, *next, ready);
      }
      const int extracted = level < first ? Schedule::NOTHING : add_extraction(schedule, *picture, level, ready);
      if (level > first) add_search(schedule, level - 1, searchable);
      searchable = extracted;
      picture = next;
      ready = next_ready;
    }
    add_search(schedule, levels - 1, searchable);
    schedule.run(threads_);
    return suppress();
  }

 private:
  /// Bands of at least so many rows share the work on one picture.
  long bands(long rows, long smallest) const { return std::max(1L, std::min<long>(threads_, rows / smallest)); }

  int add_resizing(Schedule& schedule, const Planes& from, Planes& to, int ready) {
    resizings_.emplace_back(from, to);
    const Resizing& resizing = resizings_.back();
    const long rows = to.rows(), count = bands(rows, 64);
    return schedule.add(count, ready, Schedule::NOTHING, [&resizing, rows, count](int, long band) {
      resizing.make_rows(rows * band / count, rows * (band + 1) / count);
    });
  }

  int add_extraction(Schedule& schedule, const Planes& picture, long level, int ready) {
    Features& features = workspace_.features[level];
    features.resize(picture.rows(), picture.columns());
    const long rows = features.rows(), count = bands(rows, 16);
    return schedule.add(count, ready, Schedule::NOTHING, [&, rows, count](int thread, long band) {
      workspace_.extractions[thread].run(picture, features, rows * band / count, rows * (band + 1) / count);
    });
  }

  void add_search(Schedule& schedule, long level, int ready) {
    schedule.add(DETECTORS, ready, Schedule::NOTHING,
                 [this, level](int thread, long detector) { search(workspace_.filterings[thread], level, detector); });
  }

  long level_count(long rows, long columns) const {
    long levels = 0;
    rectangle area(columns, rows);
    do {
      area = pyramid_.rect_down(area);
      ++levels;
    } while (static_cast<long>(area.width()) >= SMALLEST_LEVEL && static_cast<long>(area.height()) >= SMALLEST_LEVEL);
    return levels;
  }

  rectangle box_at(long column, long row) const {
    const rectangle cells = dlib::centered_rect(dlib::point(column, row), WINDOW, WINDOW);
    return dlib::fhog_to_image(cells, CELL, WINDOW, WINDOW);
  }

  /// The first level whose boxes can be min_box wide; rounding moves a side by up to one pixel. (Only boxes that
  /// leave the picture at the left or the top are wider than others of their level.)
  long first_level(long levels, double min_box) const {
    double width = box_at(WINDOW, WINDOW).width();
    long level = 0;
    for (; level < levels && width + 1 < min_box; ++level) width *= 6.0 / 5.0;
    return level;
  }

  void search(Filtering& filtering, long level, long detector) {
    const Features& features = workspace_.features[level];
    filtering.run(features, weights_.filters[detector]);
    const double threshold = THRESHOLDS[detector] + adjust_threshold_;
    Hits& hits = hits_[level][detector];
    for (long r = 0; r < features.rows(); ++r) {
      const float* sums = filtering.row(r);
      for (long c = 0; c < features.columns(); ++c)
        if (sums[c] >= threshold)
          hits.emplace_back(sums[c], pyramid_.rect_up(box_at(c + WINDOW / 2, r + WINDOW / 2), level));
    }
  }

  std::vector<rect_detection> suppress() const {
    std::vector<rect_detection> candidates;
    for (int i = 0; i < DETECTORS; ++i) {
      Hits of_detector;
      for (const auto& of_level : hits_) of_detector.insert(of_detector.end(), of_level[i].begin(), of_level[i].end());
      std::sort(of_detector.rbegin(), of_detector.rend(), [](const auto& a, const auto& b) {
        return a.first < b.first;
      });
      for (const auto& hit : of_detector) {
        rect_detection candidate;
        candidate.detection_confidence = hit.first - THRESHOLDS[i];
        candidate.weight_index = i;
        candidate.rect = hit.second;
        candidates.push_back(candidate);
      }
    }
    std::sort(candidates.rbegin(), candidates.rend());
    std::vector<rect_detection> kept;
    for (const auto& candidate : candidates)
      if (std::none_of(kept.begin(), kept.end(),
                       [&](const rect_detection& better) { return weights_.overlap(better.rect, candidate.rect); }))
        kept.push_back(candidate);
    return kept;
  }

  const Weights& weights_;
  const double adjust_threshold_;
  const int threads_;
  Workspace& workspace_;
  std::deque<Resizing> resizings_;
  std::vector<std::vector<Hits>> hits_;  // per level and detector
  dlib::pyramid_down<6> pyramid_;
};

}  // namespace

HogDetector::HogDetector() : model_(new Model) {}
HogDetector::~HogDetector() = default;

int HogDetector::reserve(int width, int height, int layout, bool grey) {
  if (layout != GRAY8 && layout != RGB24 && layout != BGR24)
    throw dlib::error("unknown pixel layout " + std::to_string(layout));
  const int slot = model_->workspaces.take();
  Workspace& workspace = model_->workspaces.at(slot);
  try {
    workspace.layout = layout;
    workspace.source.resize(grey || layout == GRAY8 ? 1 : 3, height, width);
  } catch (...) {
    model_->workspaces.release(slot);
    throw;
  }
  return slot;
}

void HogDetector::fill(int slot, const unsigned char* pixels, int stride) {
  Workspace& workspace = model_->workspaces.at(slot);
  workspace.source.assign(pixels, stride, workspace.layout);
}

int HogDetector::search(int slot, int upsample, double adjust_threshold, int min_face, int threads) {
  Workspace& workspace = model_->workspaces.at(slot);
  workspace.upsample = upsample;
  workspace.found = threads == 0 ? search_by_dlib(workspace.source, upsample, adjust_threshold)
                                 : Scan(model_->weights, adjust_threshold, threads, workspace)
                                       .run(upsample, std::ldexp(min_face, upsample));
  return workspace.found.size();
}

void HogDetector::results(int slot, double* detections) const {
  const Workspace& workspace = model_->workspaces.at(slot);
  for (const rect_detection& found : workspace.found) {
    put_detection(detections, found.rect, workspace.upsample, found.detection_confidence, found.weight_index);
    detections += DETECTION_VALUES;
  }
}

void HogDetector::release(int slot) { model_->workspaces.release(slot); }

}  // namespace facegate
