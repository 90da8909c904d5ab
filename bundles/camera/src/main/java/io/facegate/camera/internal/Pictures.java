// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.status.StaleServiceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The picture reader of the moment; waits a little for the next while its bundle is updated. */
final class Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    private static final int UPDATE_MILLIS = 2000;

    private final Supplier<PictureReader> reader;
    private final String shown;
    private final Interrupt interrupt;

    /** {@code shown}: whose pictures these are, for messages. */
    Pictures(Supplier<PictureReader> reader, String shown, Interrupt interrupt) {
        this.reader = reader;
        this.shown = shown;
        this.interrupt = interrupt;
    }

    /** Whose pictures these are, for messages. */
    String shown() {
        return shown;
    }

    /** Reads a picture. */
    interface Reading {
        Frame with(PictureReader reader) throws PictureException;
    }

    PictureReader reader() throws FrameSourceException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UPDATE_MILLIS);
        PictureReader now = reader.get();
        while (now == null && System.nanoTime() < end && !interrupt.cancelled()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            now = reader.get();
        }
        if (now == null) {
            throw new FrameSourceException(
                    shown + " cannot be shown: the bundle io.facegate.picture is missing.");
        }
        return now;
    }

    /** The picture, turned by so many degrees clockwise. */
    Frame read(Reading reading, int rotate) throws FrameSourceException, PictureException {
        Frame read = once(reading);
        boolean turned = rotate % 180 != 0;
        return Frame.rgb(
                read.sourceId(),
                0,
                read.captured(),
                turned ? read.height() : read.width(),
                turned ? read.width() : read.height(),
                RgbConverter.rotated(read.pixels(), read.width(), read.height(), rotate));
    }

    private Frame once(Reading reading) throws FrameSourceException, PictureException {
        try {
            return reading.with(reader());
        } catch (StaleServiceException e) {
            LOG.debug("{}: the picture reader was replaced", shown, e);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return reading.with(reader());
        }
    }
}
