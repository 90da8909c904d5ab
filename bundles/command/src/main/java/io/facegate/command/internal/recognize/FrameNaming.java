// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.recognition.Recognizer;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises every frame of one source up to its end, several at once unless it is live; they are
 * printed, and given to sinks, in order.
 */
final class FrameNaming {
    private final Session session;
    private final Recognizer recognizer;
    private final RecognitionOptions options;
    private final Results results;
    private final String location;
    private final List<FrameSink> sinks;
    private final Set<String> troubles = new HashSet<>();
    private long frames;
    private long withFaces;

    /**
     * Begins nothing yet.
     *
     * @param sinks told of every frame; not closed here
     */
    FrameNaming(
            Session session,
            Recognizer recognizer,
            RecognitionOptions options,
            Results results,
            String location,
            List<FrameSink> sinks) {
        this.session = session;
        this.recognizer = recognizer;
        this.options = options;
        this.results = results;
        this.location = location;
        this.sinks = sinks;
    }

    /**
     * Recognises the frames.
     *
     * @return the exit code
     */
    int run(FrameSourceFactory factory, PixelAspect aspect) {
        long start = System.nanoTime();
        try {
            frames(factory, aspect);
            for (FrameSink sink : sinks) {
                sink.finish();
            }
        } catch (IOException e) {
            trouble(e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        session.say(
                String.format(
                        Locale.ROOT,
                        "%d frames, %d with a face, in %.1f s (%.1f frames/s).",
                        frames,
                        withFaces,
                        seconds,
                        frames / seconds));
        return troubles.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void trouble(IOException e) {
        troubles.add(e.getMessage());
        session.say(e.getMessage());
    }

    /** Up to the end, or to where the source broke or the command was stopped. */
    private void frames(FrameSourceFactory factory, PixelAspect aspect) throws IOException {
        try (FrameSource source = factory.open(location, "command", aspect)) {
            session.stop().closes(source);
            Optional<Frame> first = source.next();
            for (FrameSink sink : sinks) {
                sink.begin(source);
            }
            if (first.isPresent()) {
                int threads =
                        source.frameCount() == 0
                                ? 1
                                : FramesInWork.threadsFor(first.get(), options);
                try (FramesInWork work = new FramesInWork(recognizer, options, threads)) {
                    frames(source, first, work);
                }
            }
        } catch (FrameSourceException e) {
            if (!session.stop().stopped()) {
                trouble(e);
            }
        }
    }

    private void frames(FrameSource source, Optional<Frame> first, FramesInWork work)
            throws IOException {
        Optional<Frame> frame = first;
        boolean goOn = true;
        while (goOn && frame.isPresent() && !session.stop().stopped()) {
            work.add(frame.get(), source.positionMicros());
            goOn = !work.isFull() || handOn(work);
            try {
                frame = goOn ? source.next() : Optional.empty();
            } catch (FrameSourceException e) {
                handOnRest(work);
                throw e;
            }
        }
        if (goOn) {
            handOnRest(work);
        }
    }

    private void handOnRest(FramesInWork work) throws IOException {
        boolean goOn = true;
        while (goOn && !work.isEmpty()) {
            goOn = handOn(work);
        }
    }

    /** Hands on the oldest frame, and returns whether to go on. */
    private boolean handOn(FramesInWork work) throws IOException {
        Optional<FramesInWork.Done> done = work.take(session.stop()::stopped);
        return done.isPresent() && handOn(done.get());
    }

    /** Returns whether to go on: not when a part is missing, which was waited for. */
    private boolean handOn(FramesInWork.Done done) throws IOException {
        FrameResult result = done.result();
        if (result.outcome() != Outcome.SKIPPED && result.outcome() != Outcome.FAILED) {
            results.frame(location, Math.round(done.positionMicros() / 1000.0), result);
        } else if (session.stop().stopped()) {
            return false; // parts are leaving
        } else if (troubles.add(result.message())) {
            long number = result.frame().sequence();
            session.say(location + " frame " + number + ": " + result.message());
        }
        if (result.outcome() == Outcome.SKIPPED) {
            return false;
        }
        frames++;
        withFaces += result.faces().isEmpty() ? 0 : 1;
        boolean goOn = !session.out().checkError(); // nobody reads any more
        for (FrameSink sink : sinks) {
            goOn &= sink.take(result, done.positionMicros());
        }
        return goOn;
    }
}
