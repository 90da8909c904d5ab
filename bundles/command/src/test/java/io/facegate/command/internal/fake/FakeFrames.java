// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.camera.PixelAspect;
import io.facegate.api.frame.Frame;

import java.util.Optional;

/** Every location but missing.mp4 is a video of some frames, 40 ms apart. */
public final class FakeFrames implements FrameSourceFactory {
    /** How many frames. */
    public int frames = 3;

    /** Whether it has no end known beforehand. */
    public boolean live;

    /** What was asked for last. */
    public PixelAspect aspect = PixelAspect.AUTO;

    /** Done before each frame. */
    public Runnable before = () -> {};

    @Override
    public FrameSource open(String location, String sourceId, PixelAspect pixelAspect)
            throws FrameSourceException {
        aspect = pixelAspect;
        if (location.equals("missing.mp4")) {
            throw new FrameSourceException(location + ": there is no such file");
        }
        return new FrameSource() {
            private long next;

            @Override
            public Optional<Frame> next() {
                before.run();
                return next < frames
                        ? Optional.of(FakeReader.frame(sourceId, next++))
                        : Optional.empty();
            }

            @Override
            public double framesPerSecond() {
                return 25;
            }

            @Override
            public long frameCount() {
                return live ? 0 : frames;
            }

            @Override
            public long positionMillis() {
                return (next - 1) * 40;
            }

            @Override
            public void close() {}
        };
    }
}
