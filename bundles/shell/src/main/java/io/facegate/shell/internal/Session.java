// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.encoder.LandmarkDetector;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Where a command runs: the parts it works with, where its data and its messages go, and when it is
 * to stop.
 *
 * @param parts services of the gateway
 * @param in standard input
 * @param out data
 * @param err messages for people
 * @param terminal whether {@code err} is a terminal, so that a line can be written over
 * @param patience how long a missing part is waited for
 * @param stop the end, when it comes from outside
 */
record Session(
        Parts parts,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Duration patience,
        StopSignal stop) {

    <T> T require(Class<T> type) throws MissingPartException {
        return parts.require(type, patience);
    }

    /** Waits for everything that recognising and enrolling need besides their own service. */
    void requireStages(String detectionMethod) throws MissingPartException {
        require(FaceEncoder.class);
        require(LandmarkDetector.class);
        Deadline.in(patience)
                .await(
                        () ->
                                parts.all(FaceDetector.class).stream()
                                        .filter(d -> d.method().equals(detectionMethod))
                                        .findFirst())
                .orElseThrow(
                        () ->
                                new MissingPartException(
                                        "FaceDetector " + detectionMethod,
                                        patience,
                                        parts.troubles()));
    }

    void say(String message) {
        err.println(message);
    }
}
