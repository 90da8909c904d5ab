// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Raspberry Pi's camera through {@code rpicam-vid}, or {@code libcamera-vid} as it was called
 * before, which writes JPEG pictures to a pipe: each says its own size, and a damaged one costs
 * itself only.
 */
final class RpicamSource implements LiveSource {
    private static final Logger LOG = LoggerFactory.getLogger(RpicamSource.class);
    private static final int CHECK_MILLIS = 200;

    private final String sourceId;
    private final Interrupt interrupt;
    private final Runnable closed;
    private final double rate;
    private final int silence;
    private final Process process;
    private final MjpegStream stream;
    private final JpegDecoder decoder;
    private final Thread drain;
    private final long started = System.nanoTime();
    private final Closing closing = new Closing(this::free);

    private volatile String lastWords = "";
    private volatile long lastFrame = System.nanoTime();
    private volatile boolean silent;
    private long sequence;
    private volatile long position;

    /**
     * Starts the program.
     *
     * @param address with number or name of the camera
     * @param path folders to look in, as in the environment variable PATH
     */
    RpicamSource(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            String path,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        this.sourceId = sourceId;
        this.interrupt = interrupt;
        this.closed = closed;
        silence = settings.network().silenceMillis();
        rate = settings.framesPerSecond() > 0 ? settings.framesPerSecond() : 15;
        List<String> command = RpicamCommand.of(address.target(), settings, rate, path, interrupt);
        decoder = new JpegDecoder(SourceSettings.PLAIN, settings.rotate());
        try {
            process = new ProcessBuilder(command).redirectInput(new File("/dev/null")).start();
        } catch (IOException e) {
            decoder.close();
            throw new FrameSourceException(
                    command.get(0) + " cannot be started: " + e.getMessage(), e);
        }
        stream = new MjpegStream(process.getInputStream());
        drain = new Thread(this::drain, "facegate-rpicam-" + sourceId);
        drain.setDaemon(true);
        drain.start();
    }

    /** Empties stderr, keeps its last line for messages, and ends a program that went silent. */
    private void drain() {
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            while (process.isAlive() || err.ready()) {
                if (err.ready()) {
                    String line = err.readLine();
                    if (line != null && !line.isBlank()) {
                        lastWords = line.strip();
                        LOG.debug("rpicam {}: {}", sourceId, lastWords);
                    }
                } else if (interrupt.cancelled()) {
                    kill();
                } else if (System.nanoTime() - lastFrame > TimeUnit.MILLISECONDS.toNanos(silence)) {
                    silent = true;
                    kill();
                } else {
                    process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (IOException e) {
            LOG.debug("rpicam {}: stderr ended", sourceId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Frame> next() throws FrameSourceException {
        if (!closing.beginReading()) {
            throw new FrameSourceException("rpicam was closed.");
        }
        try {
            while (true) {
                byte[] jpeg = stream.next();
                lastFrame = System.nanoTime();
                position = TimeUnit.NANOSECONDS.toMillis(lastFrame - started);
                Optional<Frame> frame = decoder.decode(jpeg, sourceId, sequence);
                if (frame.isPresent()) {
                    sequence++;
                    return frame;
                }
            }
        } catch (IOException e) {
            throw lost(e);
        } finally {
            closing.endReading();
        }
    }

    private FrameSourceException lost(IOException cause) {
        if (interrupt.cancelled()) {
            return new FrameSourceException("rpicam was closed.", cause);
        }
        if (silent) {
            return new FrameSourceException(
                    "The Raspberry Pi's camera has sent nothing for "
                            + silence / 1000
                            + " s: check its cable.",
                    cause);
        }
        try {
            drain.join(CHECK_MILLIS * 5L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = lastWords;
        return new FrameSourceException(
                "The Raspberry Pi's camera program ended"
                        + (said.isEmpty() ? "" : " (" + said + ")")
                        + ": check the camera with rpicam-hello --list-cameras.",
                cause);
    }

    @Override
    public double framesPerSecond() {
        return rate;
    }

    @Override
    public long frameCount() {
        return 0;
    }

    @Override
    public long positionMillis() {
        return position;
    }

    @Override
    public StreamFormat format() {
        return StreamFormat.pictures("camera of the board", "mjpeg");
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public void close() {
        interrupt.cancel();
        kill();
        closing.close();
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void free() {
        decoder.close();
        closed.run();
    }
}
