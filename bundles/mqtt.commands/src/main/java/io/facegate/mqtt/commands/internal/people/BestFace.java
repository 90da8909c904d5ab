// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.people;

import io.facegate.api.frame.Frame;
import io.facegate.api.quality.FaceQuality;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.Examination;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.mqtt.commands.internal.part.CameraFrames;
import io.facegate.mqtt.commands.internal.part.Parts;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.Progress;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks through a camera for a while, for the face that is best to take. For one thread. */
final class BestFace {
    private static final Comparator<Examination> WORTH =
            Comparator.<Examination>comparingInt(e -> -e.warnings().size())
                    .thenComparingDouble(BestFace::sharpAndStraight);

    private final Parts around;
    private final Enroller enroller;
    private final String camera;
    private Optional<Examination> best = Optional.empty();
    private boolean frames;
    private boolean several;

    BestFace(Parts around, Enroller enroller, String camera) {
        this.around = around;
        this.enroller = enroller;
        this.camera = camera;
    }

    /**
     * The best of the next seconds.
     *
     * @throws RefusedException nobody was alone before the camera, or it shows nothing
     */
    Examination of(String name, int seconds, Progress progress)
            throws RefusedException, EnrolmentException, InterruptedException {
        RecognitionOptions options = GatewayOptions.live(around);
        long start = System.nanoTime();
        long all = TimeUnit.SECONDS.toNanos(seconds);
        int told = -1;
        try (CameraFrames source = CameraFrames.of(around, camera)) {
            for (long gone = 0; gone < all; gone = System.nanoTime() - start) {
                int second = (int) TimeUnit.NANOSECONDS.toSeconds(gone);
                if (second > told) {
                    progress.tell(second, seconds, seen());
                    told = second;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(all - gone) + 1;
                Optional<Frame> frame = source.next(Math.min(left, 250));
                if (frame.isPresent()) {
                    look(name, frame.get(), options);
                }
            }
            if (!frames) {
                throw source.silence();
            }
        }
        return best.orElseThrow(
                () ->
                        new RefusedException(
                                several ? ErrorCode.SEVERAL_FACES : ErrorCode.NO_FACE,
                                (several
                                                ? "there was never one person alone before camera "
                                                : "no face was before camera ")
                                        + camera
                                        + " in "
                                        + seconds
                                        + " s"));
    }

    private String seen() {
        return best.map(
                        e ->
                                e.warnings().isEmpty()
                                        ? "a good face was seen"
                                        : "a face was seen: " + e.warnings().get(0).message())
                .orElse(several ? "only one person may be there" : "looking for a face");
    }

    private void look(String name, Frame frame, RecognitionOptions options)
            throws EnrolmentException {
        frames = true;
        String source = "mqtt/" + camera + " " + frame.capturedAt();
        try {
            Examination seen =
                    enroller.examine(name, frame, source, options, Enroller.Faces.LARGEST);
            if (seen.facesFound() > 1) {
                several = true;
            } else if (best.isEmpty() || WORTH.compare(seen, best.get()) > 0) {
                best = Optional.of(seen);
            }
        } catch (EnrolmentException e) {
            if (e.reason() != Reason.NO_FACE) {
                throw e;
            }
        }
    }

    /** As when poses are taken before a camera. */
    private static double sharpAndStraight(Examination examination) {
        FaceQuality quality = examination.faces().get(0).quality().orElse(null);
        return quality == null ? 0 : quality.sharpness() / (1 + Math.abs(quality.yaw()) / 10);
    }
}
