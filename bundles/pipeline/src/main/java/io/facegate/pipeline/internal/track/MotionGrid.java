// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal.track;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;

import java.util.List;

/**
 * How bright a frame is, cell by cell: enough to see where something moved, for a small part of the
 * time a detector takes. The mean of a cell hardly shows the noise of a camera in the dark.
 * Immutable.
 */
final class MotionGrid {
    /** Cells in a row; a face that can be found covers several. */
    private static final int COLUMNS = 40;

    /** Pixels of a cell that are looked at, in each direction: enough to average noise away. */
    private static final int SAMPLES = 16;

    /** Of 255: a cell whose brightness differs by more has changed. */
    private static final float CHANGE = 5;

    /** Changed cells, outside of what is known, that are worth a look. */
    private static final int CELLS = 2;

    private final int width;
    private final int height;
    private final int cell;
    private final int columns;
    private final float[] brightness;

    private MotionGrid(int width, int height, int cell, float[] brightness) {
        this.width = width;
        this.height = height;
        this.cell = cell;
        this.brightness = brightness;
        columns = (width + cell - 1) / cell;
    }

    /** The grid of a frame, by up to 230,000 pixels; the green channel of colours. */
    static MotionGrid of(Frame frame) {
        int cell = Math.max(4, (frame.width() + COLUMNS - 1) / COLUMNS);
        int step = Math.max(1, cell / SAMPLES);
        int columns = (frame.width() + cell - 1) / cell;
        int rows = (frame.height() + cell - 1) / cell;
        int channels = frame.format().bytesPerPixel();
        byte[] pixels = frame.pixels();
        float[] mean = new float[columns * rows];
        for (int row = 0; row < rows; row++) {
            int bottom = Math.min(frame.height(), (row + 1) * cell);
            for (int column = 0; column < columns; column++) {
                int right = Math.min(frame.width(), (column + 1) * cell);
                int sum = 0;
                int count = 0;
                for (int y = row * cell; y < bottom; y += step) {
                    int at = y * frame.stride() + column * cell * channels + channels / 2;
                    for (int x = column * cell; x < right; x += step) {
                        sum += pixels[at] & 0xff;
                        count++;
                        at += step * channels;
                    }
                }
                mean[row * columns + column] = (float) sum / count;
            }
        }
        return new MotionGrid(frame.width(), frame.height(), cell, mean);
    }

    /** Part of the cells that changed, 0 to 1; 1 when the size of the frame did. */
    double changed(MotionGrid before) {
        if (differentSize(before)) {
            return 1;
        }
        float shift = shift(before);
        int changed = 0;
        for (int i = 0; i < brightness.length; i++) {
            if (changed(before, i, shift)) {
                changed++;
            }
        }
        return (double) changed / brightness.length;
    }

    /** Whether something changed where faces are looked for, elsewhere than in these boxes. */
    boolean changedOutside(MotionGrid before, List<Box> known, FrameAreas areas) {
        if (differentSize(before)) {
            return true;
        }
        float shift = shift(before);
        int changed = 0;
        for (int i = 0; i < brightness.length; i++) {
            if (changed(before, i, shift)
                    && !inside(i, known)
                    && watched(i, areas)
                    && ++changed >= CELLS) {
                return true;
            }
        }
        return false;
    }

    private boolean differentSize(MotionGrid other) {
        return width != other.width || height != other.height;
    }

    private boolean changed(MotionGrid before, int i, float shift) {
        return Math.abs(brightness[i] - before.brightness[i] - shift) > CHANGE;
    }

    /** A camera that adapts to the light changes all cells alike: no motion. */
    private float shift(MotionGrid before) {
        float sum = 0;
        for (int i = 0; i < brightness.length; i++) {
            sum += brightness[i] - before.brightness[i];
        }
        return sum / brightness.length;
    }

    private boolean watched(int i, FrameAreas areas) {
        return areas.watches((i % columns) * cell + cell / 2, (i / columns) * cell + cell / 2);
    }

    private boolean inside(int i, List<Box> known) {
        int x = (i % columns) * cell + cell / 2;
        int y = (i / columns) * cell + cell / 2;
        for (Box box : known) {
            if (x >= box.left() && x < box.right() && y >= box.top() && y < box.bottom()) {
                return true;
            }
        }
        return false;
    }
}
