// SPDX-License-Identifier: Apache-2.0
// Writes bundles/dlib/src/main/native/hog_weights.h: the filters of dlib's frontal face detector, separated into rows
// and columns as dlib does when it unpacks the detector, which takes 0.5 s at every start. To be run by hand when dlib
// changes, with -I<dlib's source> -O2 -ffp-contract=off, and the output redirected. HogParityTest compares the result
// with dlib.
#include <dlib/base64/base64_kernel_1.cpp>
#include <dlib/entropy_decoder/entropy_decoder_kernel_2.cpp>
#include <dlib/image_processing/frontal_face_detector.h>

#include <cstdio>

int main() {
  const dlib::frontal_face_detector detector = dlib::get_frontal_face_detector();
  const auto& overlap = detector.get_overlap_tester();
  std::printf("// SPDX-License-Identifier: Apache-2.0 AND BSL-1.0\n");
  std::printf("// Made by cnf/native/hog_weights.cpp from dlib: detector, feature, row, column; thresholds; overlap.\n");
  std::printf("const WeightsRow FILTERS[] = {\n");
  for (unsigned long i = 0; i < detector.num_detectors(); ++i) {
    const auto& weights = detector.get_processed_w(i).get_detect_argument();
    for (unsigned long feature = 0; feature < weights.row_filters.size(); ++feature)
      for (unsigned long j = 0; j < weights.row_filters[feature].size(); ++j) {
        std::printf("{%lu, {%lu, {", i, feature);
        for (float value : weights.row_filters[feature][j]) std::printf("%af,", value);
        std::printf("}, {");
        for (float value : weights.col_filters[feature][j]) std::printf("%af,", value);
        std::printf("}}},\n");
      }
  }
  std::printf("};\nconst double THRESHOLDS[] = {");
  for (unsigned long i = 0; i < detector.num_detectors(); ++i)
    std::printf("%a,", detector.get_processed_w(i).w(detector.get_scanner().get_num_dimensions()));
  const auto& scanner = detector.get_scanner();
  if (scanner.get_cell_size() != 8 || scanner.get_fhog_window_width() != 10 || scanner.get_fhog_window_height() != 10 ||
      scanner.get_padding() != 0 || scanner.get_max_pyramid_levels() < 1000 ||
      scanner.get_min_pyramid_layer_width() != scanner.get_min_pyramid_layer_height())
    return 1;  // hog_detector.cpp counts on that
  std::printf("};\nconst long SMALLEST_LEVEL = %lu;", scanner.get_min_pyramid_layer_width());
  std::printf("\nconst double OVERLAP[] = {%a, %a};\n", overlap.get_iou_thresh(), overlap.get_percent_covered_thresh());
}
