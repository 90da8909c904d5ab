// SPDX-License-Identifier: Apache-2.0
// The facade over dlib that JavaCPP parses. No dlib header is reached from here, so the JNI glue compiles
// in seconds. Callers guarantee that picture buffers are as large as their geometry says; everything else
// is checked here or by dlib. Every failure is a std::exception.
#ifndef FACEGATE_DLIB_H
#define FACEGATE_DLIB_H

#include <memory>
#include <string>

namespace facegate {

/// One byte per sample; rows begin `stride` bytes apart.
enum PixelLayout { GRAY8 = 0, RGB24 = 1, BGR24 = 2 };

/// dlib's version and the instruction set this library was compiled for, as in "20.0.1 avx2".
std::string library_version();

/// Values per detection: left, top, right, bottom (inclusive), score, weight index.
enum { DETECTION_VALUES = 6 };

/// Values per descriptor.
enum { DESCRIPTOR_VALUES = 128 };

/// dlib's frontal face detector (HOG). Any number of threads may call it at once, each with a slot of its own:
/// reserve, fill, search, results, release.
class HogDetector {
 public:
  HogDetector();
  ~HogDetector();
  /// Makes room for a picture and returns the slot that holds it. With `grey` it is searched as luma.
  int reserve(int width, int height, int layout, bool grey);
  /// Copies the picture into the slot. Throws nothing and blocks on nothing, so the garbage collector may wait for it.
  void fill(int slot, const unsigned char* pixels, int stride);
  /// Returns the number of detections. Pyramid levels whose boxes are narrower than min_face source pixels are not
  /// searched. threads = 0: by dlib's own code, for comparison.
  int search(int slot, int upsample, double adjust_threshold, int min_face, int threads);
  /// Writes all detections of the last search, best first.
  void results(int slot, double* detections) const;
  /// Ends the use of a slot.
  void release(int slot);

 private:
  HogDetector(const HogDetector&);
  HogDetector& operator=(const HogDetector&);
  struct Model;
  std::unique_ptr<Model> model_;
};

/// dlib's max-margin CNN detector. One call at a time.
class MmodDetector {
 public:
  explicit MmodDetector(const std::string& path);
  MmodDetector(const unsigned char* model, long long size);
  ~MmodDetector();
  /// Returns the number of detections, best first, and writes the first `capacity` of them.
  int detect(const unsigned char* pixels, int width, int height, int stride, int layout, int upsample,
             double adjust_threshold, double* detections, int capacity);

 private:
  MmodDetector(const MmodDetector&);
  MmodDetector& operator=(const MmodDetector&);
  struct Model;
  std::unique_ptr<Model> model_;
};

/// The tiled image pyramid that dlib's MMOD networks search, and the way from their scores to boxes, for a network
/// that runs elsewhere. One call at a time.
class MmodPyramid {
 public:
  /// Averages of the channels, subtracted before the division by 256; pixels between and around the tiles.
  MmodPyramid(float red, float green, float blue, int padding, int outer_padding);
  ~MmodPyramid();
  /// Makes the pyramid of a picture.
  void tile(const unsigned char* pixels, int width, int height, int stride, int layout, int upsample);
  int rows() const;
  int columns() const;
  /// 3 x rows x columns, planes of red, green and blue; valid until the next call of tile.
  float* planes();
  /// Indices into `window`: a cell of the scores has its window's middle at cell x step + offset; size of a window;
  /// the parts of the union and of the smaller box from which on two boxes are one face.
  enum { STEP = 0, OFFSET = 1, WIDTH = 2, HEIGHT = 3, UNION = 4, COVERED = 5, WINDOW_VALUES = 6 };
  /// Boxes for the scores of the pyramid made last; result as HogDetector::detect.
  int detect(const float* scores, int rows, int columns, const double* window, double adjust_threshold, int upsample,
             double* detections, int capacity) const;

 private:
  MmodPyramid(const MmodPyramid&);
  MmodPyramid& operator=(const MmodPyramid&);
  struct State;
  std::unique_ptr<State> state_;
};

/// dlib's shape_predictor. Any number of threads may call it at once.
class LandmarkPredictor {
 public:
  explicit LandmarkPredictor(const std::string& path);
  LandmarkPredictor(const unsigned char* model, long long size);
  ~LandmarkPredictor();
  /// Points per face.
  int parts() const;
  /// boxes: left, top, right, bottom per face; points: x, y per part per face.
  void predict(const unsigned char* pixels, int width, int height, int stride, int layout, const int* boxes,
               int faces, int* points) const;

 private:
  LandmarkPredictor(const LandmarkPredictor&);
  LandmarkPredictor& operator=(const LandmarkPredictor&);
  struct Model;
  std::unique_ptr<Model> model_;
};

/// Cuts out aligned faces (dlib's get_face_chip_details). points: x, y per part (5 or 68) per face;
/// chips: size x size x 3 bytes of RGB per face.
void extract_chips(const unsigned char* pixels, int width, int height, int stride, int layout, const int* points,
                   int parts, int faces, int size, double padding, unsigned char* chips);

/// dlib's ResNet that turns a 150 x 150 RGB chip into a descriptor. One call at a time.
class ChipEncoder {
 public:
  explicit ChipEncoder(const std::string& path);
  ChipEncoder(const unsigned char* model, long long size);
  ~ChipEncoder();
  void encode(const unsigned char* chips, int faces, float* descriptors);

 private:
  ChipEncoder(const ChipEncoder&);
  ChipEncoder& operator=(const ChipEncoder&);
  struct Model;
  std::unique_ptr<Model> model_;
};

/// dlib's correlation_tracker. One call at a time. The object is looked at as a square of 2^filter_size pixels,
/// and its size among 2^scale_levels; dlib's own defaults are 6 and 5.
class BoxTracker {
 public:
  BoxTracker(int filter_size, int scale_levels);
  ~BoxTracker();
  void start(const unsigned char* pixels, int width, int height, int stride, int layout, double left, double top,
             double right, double bottom);
  /// box: left, top, right, bottom of where to look, and then of where it is; returns the peak to side-lobe
  /// ratio. Each picture may be another part of its scene, so the place is the caller's to keep.
  double update(const unsigned char* pixels, int width, int height, int stride, int layout, double* box);

 private:
  void check(double size);
  BoxTracker(const BoxTracker&);
  BoxTracker& operator=(const BoxTracker&);
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace facegate

#endif
