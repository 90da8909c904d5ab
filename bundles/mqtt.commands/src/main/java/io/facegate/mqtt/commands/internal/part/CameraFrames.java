// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.part;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.FrameListener;
import io.facegate.mqtt.commands.internal.request.ErrorCode;
import io.facegate.mqtt.commands.internal.request.RefusedException;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The frames of one camera as they come, the newest instead of those nobody took. */
public final class CameraFrames implements FrameListener, AutoCloseable {
    private final Camera camera;
    private final Parts.Offered offered;
    private final Lock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private Optional<Frame> waiting = Optional.empty();

    private CameraFrames(Parts parts, Camera camera) {
        this.camera = camera;
        offered = parts.offer(FrameListener.class, this);
    }

    /**
     * Begins to take them.
     *
     * @throws RefusedException there is no such camera, or none will come
     */
    public static CameraFrames of(Parts parts, String id) throws RefusedException {
        Camera camera = camera(parts, id);
        CameraState state = camera.status().state();
        if (state == CameraState.DISABLED || state == CameraState.ENDED) {
            throw new RefusedException(
                    ErrorCode.UNAVAILABLE,
                    state == CameraState.DISABLED
                            ? "camera " + id + " is switched off"
                            : "camera " + id + " has played its file to the end");
        }
        return new CameraFrames(parts, camera);
    }

    /** The camera of an id. */
    public static Camera camera(Parts parts, String id) throws RefusedException {
        return parts.all(Camera.class).stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        ErrorCode.UNKNOWN_CAMERA, "there is no camera " + id));
    }

    @Override
    public void onFrame(Frame frame) {
        if (frame.sourceId().equals(camera.id())) {
            lock.lock();
            try {
                waiting = Optional.of(frame);
                came.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The next frame; empty when none came in time. */
    public Optional<Frame> next(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (waiting.isEmpty() && left > 0) {
                left = came.awaitNanos(left);
            }
            Optional<Frame> frame = waiting;
            waiting = Optional.empty();
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Why no frame comes, as far as the camera says. */
    public RefusedException silence() {
        String why = camera.status().message();
        return new RefusedException(
                ErrorCode.UNAVAILABLE,
                "no frame came from camera " + camera.id() + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public void close() {
        offered.close();
    }
}
