// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.status.StaleServiceException;
import io.facegate.bytedeco.Ffmpeg;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Opens sources, and closes those still open when the bundle stops. */
@Component(
        service = {FrameSourceFactory.class, FrameSources.class},
        immediate = true)
public final class FrameSources implements FrameSourceFactory {
    private static final long CLOSING_MILLIS = 3000;
    private static final Pattern STILL =
            Pattern.compile("(?i).*\\.(jpe?g|jpe|png|bmp|tiff?|webp|heic|heif|hif|avif)");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PictureReader pictures;

    private final String path;
    private final Map<Object, Interrupt> open = new ConcurrentHashMap<>();
    private final Set<String> cameras = ConcurrentHashMap.newKeySet();
    private InterruptCallback callback;
    private boolean stopped;

    @Activate
    public FrameSources() {
        this(String.valueOf(System.getenv("PATH")));
    }

    /** {@code path}: folders with programs, for tests. */
    FrameSources(String path) {
        this.path = path;
    }

    @Override
    public FrameSource open(String location, String sourceId, PixelAspect pixelAspect)
            throws FrameSourceException {
        SourceSettings settings = SourceSettings.plain(pixelAspect);
        return open(SourceAddress.of(location), settings, sourceId, new Interrupt());
    }

    /**
     * Opens a source.
     *
     * @param interrupt ends the opening and every later blocking call when it is cancelled
     */
    LiveSource open(
            SourceAddress address, SourceSettings settings, String sourceId, Interrupt interrupt)
            throws FrameSourceException {
        Object key = new Object();
        open.put(key, interrupt);
        Runnable closed = () -> open.remove(key);
        LiveSource source = null;
        try {
            source = open(address, settings, sourceId, interrupt, closed);
            return source;
        } finally {
            if (source == null) {
                closed.run();
            }
        }
    }

    private LiveSource open(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        switch (address.kind()) {
            case RPICAM:
                return new RpicamSource(address, settings, sourceId, path, interrupt, closed);
            case FOLDER:
                return folder(address, settings, sourceId, interrupt, closed);
            case FILE:
                return STILL.matcher(address.target()).matches()
                        ? picture(address, settings, sourceId, interrupt, closed)
                        : video(address, settings, sourceId, interrupt, closed);
            case NETWORK:
                return network(address, settings, sourceId, interrupt, closed);
            default:
                return video(address, settings, sourceId, interrupt, closed);
        }
    }

    /**
     * A picture is read as one, and not as a video of one frame: FFmpeg takes a tile of a HEIC file
     * and what there is of a truncated JPEG.
     */
    private LiveSource picture(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        return settings.everyPictureOnce()
                ? folder(address, settings, sourceId, interrupt, closed)
                : new SnapshotSource(
                        new FileSnapshots(Path.of(address.target())),
                        settings,
                        sourceId,
                        new Pictures(() -> pictures, address.shown(), interrupt),
                        interrupt,
                        closed);
    }

    private LiveSource folder(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        return new PictureFolderSource(
                address, settings, sourceId, () -> pictures, interrupt, closed);
    }

    private LiveSource network(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        if (address.target().startsWith("http")) {
            Optional<LiveSource> opened =
                    new WebPictures(address, settings, sourceId, () -> pictures, interrupt, closed)
                            .open();
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        return video(address, settings, sourceId, interrupt, closed);
    }

    private LiveSource video(
            SourceAddress address,
            SourceSettings settings,
            String sourceId,
            Interrupt interrupt,
            Runnable closed)
            throws FrameSourceException {
        if (address.kind() == SourceAddress.Kind.V4L2) {
            Ffmpeg.loadDevices(FrameSourceException::new);
        } else {
            Ffmpeg.load(FrameSourceException::new);
        }
        return new VideoSource(address, settings, sourceId, callback(), interrupt, closed);
    }

    private synchronized InterruptCallback callback() {
        if (stopped) {
            throw new StaleServiceException("the camera bundle was stopped");
        }
        if (callback == null) {
            callback = new InterruptCallback();
        }
        return callback;
    }

    /** Folders with programs. */
    String path() {
        return path;
    }

    /** Whether a camera may have this id; it is taken then. */
    boolean claim(String cameraId) {
        return cameras.add(cameraId);
    }

    void release(String cameraId) {
        cameras.remove(cameraId);
    }

    /**
     * Ends all sources. The callback is given back only when nothing can call it any more: leaking
     * a few bytes is better than a call into freed memory.
     */
    @Deactivate
    void stop() {
        synchronized (this) {
            stopped = true;
        }
        open.values().forEach(Interrupt::cancel);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSING_MILLIS);
        synchronized (this) {
            while (callback != null && !callback.idle() && System.nanoTime() < end) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, TimeUnit.MILLISECONDS.toNanos(10));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            if (callback != null && callback.idle()) {
                callback.close();
            }
            callback = null;
        }
    }
}
