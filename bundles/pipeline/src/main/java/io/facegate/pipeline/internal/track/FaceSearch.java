// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.pipeline.internal.analysis.AnalysisException;
import io.facegate.pipeline.internal.analysis.FrameAnalyzer;
import io.facegate.pipeline.internal.analysis.Stages;
import io.facegate.pipeline.internal.analysis.StaleStageException;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for the faces of a frame where its camera's areas allow them.
 *
 * @param options how faces are found
 * @param processingWidth width of a whole frame at which they are looked for; 0 = its own
 */
record FaceSearch(RecognitionOptions options, int processingWidth) {
    /** All watched faces; what lies outside of the watched part is not even searched. */
    List<FaceDetection> whole(Stages stages, Frame frame, FrameAreas areas)
            throws StaleStageException, AnalysisException {
        if (areas.extent().isEmpty()) {
            return List.of();
        }
        Box extent = areas.extent().get();
        if (extent.width() == frame.width() && extent.height() == frame.height()) {
            return areas.watched(FrameAnalyzer.find(stages, frame, options, processingWidth));
        }
        List<FaceDetection> found = new ArrayList<>();
        addFaces(found, stages, frame, extent);
        return areas.watched(found);
    }

    /** The watched faces around some places. */
    List<FaceDetection> around(Stages stages, Frame frame, List<Box> places, FrameAreas areas)
            throws StaleStageException, AnalysisException {
        List<FaceDetection> found = new ArrayList<>();
        for (Box region : Regions.around(places, frame.width(), frame.height())) {
            addFaces(found, stages, frame, region);
        }
        return areas.watched(found);
    }

    /** Adds the faces of a part of the frame, looked for at the scale of the whole. */
    private void addFaces(List<FaceDetection> found, Stages stages, Frame frame, Box region)
            throws StaleStageException, AnalysisException {
        int width = (int) ((long) processingWidth * region.width() / frame.width());
        boolean narrow = processingWidth > 0 && frame.width() > processingWidth;
        Frame part = Regions.cut(frame, region);
        List<FaceDetection> more =
                FrameAnalyzer.find(stages, part, options, narrow ? Math.max(1, width) : 0);
        Regions.add(found, region, more);
    }
}
