// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.analysis;

import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.Recognizer;
import io.facegate.api.recognition.StageTimes;

import java.util.Comparator;
import java.util.List;

/** Recognises single frames. The times count from the call: such a frame waits in no mailbox. */
public final class FrameRecognizer implements Recognizer {
    private final FrameAnalyzer analyzer;
    private final long stageWaitMillis;

    /**
     * @param stageWaitMillis longest wait for missing stages
     */
    public FrameRecognizer(FrameAnalyzer analyzer, long stageWaitMillis) {
        this.analyzer = analyzer;
        this.stageWaitMillis = stageWaitMillis;
    }

    @Override
    public FrameResult recognize(Frame frame, RecognitionOptions options) {
        long start = System.nanoTime();
        try {
            Analysis analysis = analyzer.analyze(frame, options, 0, stageWaitMillis);
            List<RecognizedFace> faces =
                    analysis.faces().stream()
                            .sorted(Comparator.comparingInt(f -> f.detection().box().left()))
                            .toList();
            StageTimes times =
                    new StageTimes(
                            0,
                            analysis.detectMillis(),
                            0,
                            analysis.encodeMillis(),
                            analysis.matchMillis(),
                            (System.nanoTime() - start) / 1e6);
            return new FrameResult(frame, analysis.outcome(), faces, times, "");
        } catch (AnalysisException e) {
            return new FrameResult(frame, e.outcome(), List.of(), StageTimes.ZERO, e.getMessage());
        }
    }
}
