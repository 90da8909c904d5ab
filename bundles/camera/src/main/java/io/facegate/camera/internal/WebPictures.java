// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.picture.PictureReader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens what a camera's web server has when that is pictures: a stream of them, or one that is
 * fetched again and again. The server says which, or its first bytes do; FFmpeg would take its word
 * for boundaries and lengths, play one picture once, and log in with Basic and MD5 only.
 */
final class WebPictures {
    private static final int HEAD_BYTES = 16;

    private final SourceAddress address;
    private final SourceSettings settings;
    private final String sourceId;
    private final Supplier<PictureReader> reader;
    private final Interrupt interrupt;
    private final Runnable closed;

    WebPictures(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Supplier<PictureReader> reader,
            Interrupt interrupt,
            Runnable closed) {
        this.address = address;
        this.settings = settings;
        this.sourceId = sourceId;
        this.reader = reader;
        this.interrupt = interrupt;
        this.closed = closed;
    }

    /**
     * Opens pictures; empty when the server has something else, or cannot be told to.
     *
     * @throws FrameSourceException no answer, or one that is neither pictures nor video
     */
    Optional<LiveSource> open() throws FrameSourceException {
        ServerAddress web;
        try {
            web = ServerAddress.of(address.target());
        } catch (IllegalArgumentException e) {
            throw new FrameSourceException(
                    address.shown() + " cannot be understood." + address.hint(), e);
        }
        WebErrors errors =
                new WebErrors(address, settings.network(), !web.user().isEmpty(), interrupt);
        CameraHttp http = new CameraHttp(web, settings.network());
        interrupt.onCancel(http::close);
        LiveSource opened = null;
        try {
            opened = opened(http, errors);
            return Optional.ofNullable(opened);
        } catch (IOException e) {
            throw errors.failure(e);
        } finally {
            if (opened == null) {
                interrupt.onCancel(() -> {});
                http.close();
            }
        }
    }

    private LiveSource opened(CameraHttp http, WebErrors errors) throws IOException {
        CameraHttp.Answer answer = http.get(Map.of());
        if (answer.status() != 200) {
            throw errors.status(answer);
        }
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        BufferedInputStream body = new BufferedInputStream(answer.body(), 1 << 16);
        if (type.startsWith("multipart/") || type.contains("mjpeg") || type.contains("motion-jp")) {
            return stream(http, errors, new MjpegStream(body), List.of());
        }
        body.mark(HEAD_BYTES);
        String head = new String(body.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        body.reset();
        boolean jpeg = head.startsWith("\u00ff\u00d8");
        if (answer.length() < 0 && (jpeg || head.startsWith("--"))) {
            return streamOrPicture(http, errors, answer, new MjpegStream(body));
        }
        if (jpeg || type.startsWith("image/")) {
            byte[] first = WebSnapshots.read(body);
            answer.close();
            return snapshots(new WebSnapshots(http, errors, answer, first));
        }
        if (type.startsWith("text/html")) {
            throw errors.page();
        }
        return null;
    }

    /** A server that does not say how long it is: another picture follows, or there is but one. */
    private LiveSource streamOrPicture(
            CameraHttp http, WebErrors errors, CameraHttp.Answer answer, MjpegStream stream)
            throws IOException {
        byte[] first = stream.next();
        try {
            return stream(http, errors, stream, List.of(first, stream.next()));
        } catch (EOFException e) {
            answer.close();
            return snapshots(new WebSnapshots(http, errors, answer, first));
        }
    }

    private LiveSource stream(
            CameraHttp http, WebErrors errors, MjpegStream stream, List<byte[]> read)
            throws FrameSourceException {
        return new WebMjpegSource(
                http, errors, stream, read, settings, sourceId, interrupt, closed);
    }

    private LiveSource snapshots(Snapshots snapshots) {
        return new SnapshotSource(
                snapshots,
                settings,
                sourceId,
                new Pictures(reader, address.shown(), interrupt),
                interrupt,
                closed);
    }
}
