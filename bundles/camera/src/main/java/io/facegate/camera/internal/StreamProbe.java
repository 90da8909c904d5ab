// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.CameraLogin;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.StreamOffer;
import io.facegate.api.frame.Frame;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Opens one source, looks at its first frames, and closes it. */
final class StreamProbe {
    private static final long COUNTING_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final int COUNTED = 20;

    private final FrameSources sources;
    private final Interrupt interrupt = new Interrupt();

    StreamProbe(FrameSources sources) {
        this.sources = sources;
    }

    /**
     * Tells what a source offers. It is read by a thread of its own, since the calls that block in
     * it end by an {@link Interrupt} only.
     *
     * @throws FrameSourceException it cannot be opened, sends nothing, or this thread is
     *     interrupted
     */
    StreamOffer probe(String location, Optional<CameraLogin> login) throws FrameSourceException {
        SourceAddress plain = SourceAddress.of(location);
        SourceAddress address =
                login.map(user -> plain.withCredentials(user.user(), user.password()))
                        .orElse(plain);
        FutureTask<StreamOffer> offer = new FutureTask<>(() -> read(address));
        Thread reader = new Thread(offer, "facegate-probe");
        reader.setDaemon(true);
        reader.start();
        try {
            return offer.get();
        } catch (InterruptedException e) {
            interrupt.cancel();
            Thread.currentThread().interrupt();
            throw new FrameSourceException(address.shown() + " was not waited for.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FrameSourceException known
                    ? known
                    : new FrameSourceException(
                            address.shown() + " cannot be read: " + e.getCause(), e);
        }
    }

    private StreamOffer read(SourceAddress address) throws FrameSourceException {
        StreamFormat format;
        Frame first;
        double rate;
        boolean live;
        try (LiveSource source = sources.open(address, SourceSettings.PLAIN, "probe", interrupt)) {
            first =
                    source.next()
                            .orElseThrow(
                                    () ->
                                            new FrameSourceException(
                                                    address.shown() + " sends no picture."));
            format = source.format();
            live = source.live();
            rate = rate(source);
        }
        boolean says = format.width() > 0;
        return new StreamOffer(
                address.shown(),
                format.kind(),
                format.codec(),
                says ? format.width() : first.width(),
                says ? format.height() : first.height(),
                format.pixelAspect(),
                Math.round(rate * 100) / 100.0,
                live,
                format.durationMillis(),
                logIn(address));
    }

    /** 0 of pictures, which come as often as we ask for them. */
    private static double rate(LiveSource source) throws FrameSourceException {
        if (source.format().codec().isEmpty()) {
            return 0;
        }
        return source.framesPerSecond() == 0 && source.live()
                ? counted(source)
                : source.framesPerSecond();
    }

    /** Of a stream that does not say how often frames come. */
    private static double counted(LiveSource source) throws FrameSourceException {
        long start = System.nanoTime();
        int frames = 0;
        while (frames < COUNTED && System.nanoTime() - start < COUNTING_NANOS) {
            if (source.next().isEmpty()) {
                break;
            }
            frames++;
        }
        return frames / ((System.nanoTime() - start) / 1e9);
    }

    /** It worked; how, the server tells to who comes without a log-in. */
    private static String logIn(SourceAddress address) {
        if (address.kind() != SourceAddress.Kind.NETWORK) {
            return "";
        }
        ServerAddress server;
        try {
            server = ServerAddress.of(address.target());
        } catch (IllegalArgumentException e) {
            return ""; // no log-in in this protocol
        }
        if (server.user().isEmpty()) {
            return "none needed";
        }
        LogIn wanted = LogIn.wantedBy(server);
        return wanted.ways().isEmpty()
                ? "given, but not asked for"
                : "accepted; offered: " + wanted.names();
    }
}
