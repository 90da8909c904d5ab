// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.MmodPyramid;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * All of dlib's max-margin CNN detector but the network, which may run elsewhere: the tiled image
 * pyramid before it, and boxes and non-maximum suppression behind it, with dlib's own code. Calls
 * from several threads wait for each other. Keeps about 40 bytes per pixel searched.
 */
public final class MmodSearch extends NativeObject<MmodPyramid> {
    private final double[] window;

    /**
     * The pyramid as a network was trained with it.
     *
     * @param red average, subtracted before the division by 256
     * @param green likewise
     * @param blue likewise
     * @param padding pixels between the tiles
     * @param outerPadding pixels around them
     */
    public record Pyramid(float red, float green, float blue, int padding, int outerPadding) {}

    /**
     * What the network's scores mean.
     *
     * @param step pixels of the pyramid from one cell of the scores to the next
     * @param offset pixel in the middle of the first cell
     * @param width pixels of a window
     * @param height pixels of a window
     * @param union of two boxes on one face, the part in common from which on the weaker one goes
     * @param covered the same for the part of the smaller box
     */
    public record Window(
            int step, int offset, int width, int height, double union, double covered) {}

    /**
     * What a network says of a pyramid.
     *
     * @param values row by row; the caller leaves them alone from now on
     * @param rows of cells
     * @param columns of cells
     */
    public record Scores(float[] values, int rows, int columns) {
        public Scores {
            if ((long) rows * columns != values.length) {
                throw new IllegalArgumentException(
                        values.length + " scores for " + rows + " x " + columns + " cells");
            }
        }
    }

    /** A network. */
    @FunctionalInterface
    public interface Network {
        /**
         * Runs it.
         *
         * @param planes 3 x rows x columns of red, green and blue, a direct buffer in native order;
         *     valid during the call only
         */
        Scores run(FloatBuffer planes, int rows, int columns);
    }

    public MmodSearch(Pyramid p, Window w) {
        super(new MmodPyramid(p.red, p.green, p.blue, p.padding, p.outerPadding));
        window = new double[MmodPyramid.WINDOW_VALUES];
        window[MmodPyramid.STEP] = w.step;
        window[MmodPyramid.OFFSET] = w.offset;
        window[MmodPyramid.WIDTH] = w.width;
        window[MmodPyramid.HEIGHT] = w.height;
        window[MmodPyramid.UNION] = w.union;
        window[MmodPyramid.COVERED] = w.covered;
    }

    /**
     * Finds faces; blocks while the network computes.
     *
     * @param image any format
     * @param upsample times the picture is doubled before, 0 to 2
     * @param adjustThreshold added to dlib's threshold; negative finds more
     * @return best score first
     * @throws DlibException dlib failed, for instance for want of memory
     * @throws IllegalStateException closed
     */
    public List<Detection> detect(
            Image image, int upsample, double adjustThreshold, Network network) {
        Detections.checkOptions(upsample, adjustThreshold);
        return callInTurn(
                pyramid -> {
                    pyramid.tile(
                            image.pixels(),
                            image.width(),
                            image.height(),
                            image.stride(),
                            image.format().layout(),
                            upsample);
                    int rows = pyramid.rows();
                    int columns = pyramid.columns();
                    FloatBuffer planes = pyramid.planes().capacity(3L * rows * columns).asBuffer();
                    Scores scores = network.run(planes, rows, columns);
                    return Detections.of(
                            (values, capacity) ->
                                    pyramid.detect(
                                            scores.values(),
                                            scores.rows(),
                                            scores.columns(),
                                            window,
                                            adjustThreshold,
                                            upsample,
                                            values,
                                            capacity));
                });
    }
}
