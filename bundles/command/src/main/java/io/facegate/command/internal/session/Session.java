// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

import io.facegate.api.command.CommandSurroundings;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One command at work: the parts it works with, where its data and its messages go, and when it is
 * to stop.
 *
 * @param parts services of the gateway
 * @param surroundings where it was called
 * @param patience how long a missing part is waited for
 * @param stop the end, when it comes from outside
 */
public record Session(
        Parts parts, CommandSurroundings surroundings, Duration patience, StopSignal stop) {

    /**
     * The service of a type; waits for it.
     *
     * @throws MissingPartException it did not come in time, or the command is to stop
     */
    public <T> T require(Class<T> type) throws MissingPartException {
        return await(() -> parts.find(type), patience)
                .orElseThrow(() -> missing(type.getSimpleName()));
    }

    /** Waits for everything that recognising and enrolling need besides their own service. */
    public void requireStages(String detectionMethod) throws MissingPartException {
        require(FaceEncoder.class);
        require(LandmarkDetector.class);
        requireDetector(detectionMethod);
    }

    /** The detector of a method; waits for it. */
    public FaceDetector requireDetector(String method) throws MissingPartException {
        return await(() -> detector(method), patience)
                .orElseThrow(() -> missing("FaceDetector " + method));
    }

    private Optional<FaceDetector> detector(String method) {
        return parts.all(FaceDetector.class).stream()
                .filter(detector -> detector.method().equals(method))
                .findFirst();
    }

    private MissingPartException missing(String part) {
        return new MissingPartException(part, patience, parts.troubles());
    }

    /**
     * Asks until there is an answer, at least once.
     *
     * @return empty when the time is over or the command is to stop
     */
    public <T> Optional<T> await(Supplier<Optional<T>> question, Duration time) {
        return Deadline.in(time).await(question, stop::stopped);
    }

    /**
     * A file or folder a user named, seen from the folder the command was called in.
     *
     * @throws java.nio.file.InvalidPathException no file can have this name
     */
    public Path path(String name) {
        return surroundings.folder().resolve(name);
    }

    public InputStream in() {
        return surroundings.in();
    }

    /** Data. */
    public PrintStream out() {
        return surroundings.out();
    }

    /** Messages for people. */
    public PrintStream err() {
        return surroundings.err();
    }

    /** Whether {@link #err()} is a terminal, so that a line can be written over. */
    public boolean terminal() {
        return surroundings.terminal();
    }

    public void say(String message) {
        err().println(message);
    }
}
