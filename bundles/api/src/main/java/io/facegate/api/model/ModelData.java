// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.model;

import org.osgi.annotation.versioning.ProviderType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A model whose SHA-256 was found right, registered while its bundle is active, with the service
 * properties {@value #ID}, {@value #KIND}, {@value #FORMAT}, {@value #VERSION} and a service
 * ranking that rises with the version. Whoever loads it runs the self-test first and says the
 * result with {@link #accepted()} or {@link #refused(String)}. Thread-safe.
 */
@ProviderType
public interface ModelData {
    String ID = "model.id";
    String KIND = "model.kind";
    String FORMAT = "model.format";
    String VERSION = "model.version";

    /**
     * Service property of detectors: the detection method they are for; {@value #USUAL_METHOD}
     * where it is missing.
     */
    String METHOD = "model.method";

    /** Method of a detector that says none. */
    String USUAL_METHOD = "cnn";

    /**
     * Service property: {@value #IN_USE}, {@value #CANDIDATE} or {@value #IDLE}; in use where it is
     * missing. See {@link ModelChoice}.
     */
    String ROLE = "model.role";

    /** Role of a model that may be served. */
    String IN_USE = "in-use";

    /** Role of a model that is tried beside the one in use. */
    String CANDIDATE = "candidate";

    /** Role of a model that is not to be loaded. */
    String IDLE = "idle";

    /** Identity of the model. */
    ModelInfo info();

    /** Bytes of the model file; 0 when they were not counted. */
    default long size() {
        return 0;
    }

    /** All bytes of the model file, read anew at each call; keep them no longer than needed. */
    byte[] read() throws IOException;

    /**
     * The same outside the Java heap, for engines that can read it there: weights are large, and
     * the heap keeps the size it once had.
     *
     * @return a direct buffer of exactly the file's bytes, from its position to its limit
     */
    default ByteBuffer readDirect() throws IOException {
        byte[] bytes = read();
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /**
     * A file of the bundle's self-test.
     *
     * @param name relative to {@code model/selftest/}
     * @return the stream, to be closed by the caller; empty when the bundle has no such file
     */
    Optional<InputStream> selfTest(String name) throws IOException;

    /** The model was loaded and its self-test passed. */
    void accepted();

    /** The model that was accepted is not loaded any more; {@link #accepted()} may follow again. */
    default void released() {}

    /**
     * The model could not be loaded or its self-test failed; {@code reason} is one line for people.
     */
    void refused(String reason);
}
