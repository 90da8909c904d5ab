// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelState.State;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One model of a bundle that is there: declared, then checked, then published, until it is
 * withdrawn. Thread-safe; no callback runs under a lock.
 */
final class TrackedModel implements ModelData {
    private static final Logger LOG = LoggerFactory.getLogger(TrackedModel.class);
    private static final String REPAIR = ". Install the model bundle anew";

    private final Declaration declaration;
    private final String origin;
    private final ModelFiles files;
    private volatile Optional<ModelState> state = Optional.empty();
    private volatile int size;
    private boolean withdrawn;
    private Runnable unpublish = () -> {};

    /**
     * @param origin name of the bundle, for messages
     * @param files of the bundle
     */
    TrackedModel(Declaration declaration, String origin, ModelFiles files) {
        this.declaration = declaration;
        this.origin = origin;
        this.files = files;
    }

    Declaration declaration() {
        return declaration;
    }

    /** What became of it; empty while it is being checked. */
    Optional<ModelState> state() {
        return state;
    }

    /**
     * Checks declaration and SHA-256; when they are good the model is published, otherwise refused.
     *
     * @param stopping asked now and then; when true the check is given up without a result
     * @param publish makes the model known; the result makes it unknown again
     */
    void check(BooleanSupplier stopping, Function<TrackedModel, Runnable> publish) {
        if (!declaration.problem().isEmpty()) {
            refused(declaration.problem());
            return;
        }
        try {
            String actual = digest(stopping);
            if (stopping.getAsBoolean() || isWithdrawn()) {
                return;
            }
            if (!actual.equals(info().sha256())) {
                refused(declaration.path() + " is damaged: its SHA-256 is " + actual + REPAIR);
                return;
            }
        } catch (IOException e) {
            refused(declaration.path() + " cannot be read: " + e.getMessage() + REPAIR);
            return;
        }
        become(State.CHECKED, "");
        LOG.info("Model {} {} of {} checked", info().id(), info().version(), origin);
        publish(publish);
    }

    private void publish(Function<TrackedModel, Runnable> publish) {
        Runnable undo = publish.apply(this);
        synchronized (this) {
            if (!withdrawn) {
                unpublish = undo;
                return;
            }
        }
        undo.run();
    }

    /** Its bundle stops: the model is made unknown, and what loaders say of it no longer counts. */
    void withdraw() {
        Runnable undo;
        synchronized (this) {
            withdrawn = true;
            undo = unpublish;
            unpublish = () -> {};
        }
        undo.run();
    }

    private synchronized boolean isWithdrawn() {
        return withdrawn;
    }

    @Override
    public ModelInfo info() {
        return declaration.info();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte[] read() throws IOException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length != size || in.read() >= 0) {
                throw changed();
            }
            return bytes;
        }
    }

    @Override
    public ByteBuffer readDirect() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        byte[] part = new byte[1 << 16];
        try (InputStream in = open()) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                if (n > bytes.remaining()) {
                    throw changed();
                }
                bytes.put(part, 0, n);
            }
        }
        if (bytes.hasRemaining()) {
            throw changed();
        }
        return bytes.flip();
    }

    private IOException changed() {
        return new IOException(declaration.path() + " changed since it was checked");
    }

    @Override
    public Optional<InputStream> selfTest(String name) throws IOException {
        return files.open("model/selftest/" + name);
    }

    @Override
    public void accepted() {
        become(State.ACCEPTED, "");
    }

    @Override
    public void released() {
        become(State.CHECKED, "");
    }

    @Override
    public void refused(String reason) {
        if (become(State.REFUSED, reason)) {
            LOG.error(
                    "Model {} {} of {} refused: {}", info().id(), info().version(), origin, reason);
        }
    }

    /** Whether that is news. */
    private synchronized boolean become(State newState, String message) {
        var now = Optional.of(new ModelState(info(), newState, message));
        if (withdrawn || now.equals(state)) {
            return false;
        }
        state = now;
        return true;
    }

    private InputStream open() throws IOException {
        return files.open(declaration.path())
                .orElseThrow(() -> new FileNotFoundException("no such file in the bundle"));
    }

    private String digest(BooleanSupplier stopping) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        int total = 0;
        try (InputStream in = open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                total = Math.addExact(total, n);
                if (stopping.getAsBoolean()) {
                    break;
                }
            }
        } catch (ArithmeticException e) {
            throw new IOException("it has more than 2 GB", e);
        }
        size = total;
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
