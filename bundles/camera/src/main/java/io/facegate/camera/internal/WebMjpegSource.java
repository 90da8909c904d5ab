// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A stream of JPEG pictures of a camera's web server. */
final class WebMjpegSource implements LiveSource {
    private static final int BAD_PICTURES = 200;

    private final CameraHttp http;
    private final WebErrors errors;
    private final MjpegStream stream;
    private final Deque<byte[]> read;
    private final String sourceId;
    private final Interrupt interrupt;
    private final Runnable closed;
    private final JpegDecoder decoder;
    private final long started = System.nanoTime();
    private final Closing closing = new Closing(this::free);

    private int bad;
    private long sequence;
    private volatile long position;

    /** {@code read}: pictures that were read from the stream already. */
    WebMjpegSource(
            CameraHttp http,
            WebErrors errors,
            MjpegStream stream,
            List<byte[]> read,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        this.http = http;
        this.errors = errors;
        this.stream = stream;
        this.read = new ArrayDeque<>(read);
        this.sourceId = sourceId;
        this.interrupt = interrupt;
        this.closed = closed;
        decoder = new JpegDecoder(settings, settings.rotate());
    }

    @Override
    public Optional<Frame> next() throws FrameSourceException {
        if (!closing.beginReading()) {
            throw errors.error(" was closed.");
        }
        try {
            return Optional.of(picture());
        } catch (EOFException e) {
            throw interrupt.cancelled() ? errors.failure(e) : errors.ended();
        } catch (IOException e) {
            throw errors.failure(e);
        } finally {
            closing.endReading();
        }
    }

    private Frame picture() throws IOException {
        while (true) {
            byte[] jpeg = read.isEmpty() ? stream.next() : read.poll();
            position = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            Optional<Frame> frame = decoder.decode(jpeg, sourceId, sequence);
            if (frame.isPresent()) {
                bad = 0;
                sequence++;
                return frame.get();
            }
            if (++bad > BAD_PICTURES) {
                throw errors.error(" sends pictures that cannot be decoded: restart the camera.");
            }
        }
    }

    @Override
    public double framesPerSecond() {
        return 0;
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
        return StreamFormat.pictures("stream of JPEG pictures", "mjpeg");
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public void close() {
        interrupt.cancel();
        http.close();
        closing.close();
    }

    private void free() {
        decoder.close();
        closed.run();
    }
}
