// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/**
 * Takes the samples of a decoded picture as they are stored, because {@code BufferedImage.getRGB}
 * would convert colours by the ICC profile, which Pillow's {@code convert("RGB")} does not. In one
 * case this is not Pillow's result: of 16-bit gray the upper 8 bits are taken, where Pillow makes
 * all but the darkest pixels white.
 */
final class RasterPixels {
    private RasterPixels() {}

    /** What the samples of a row mean. */
    interface Samples {
        /** Makes RGB of a row with all its bands; may change it. */
        void toRgb(int[] row, byte[] rgb);
    }

    /** Puts the rows of a raster into a sink, the first into row {@code top}. */
    static void put(Raster raster, Samples samples, int top, PixelTarget sink) {
        int width = raster.getWidth();
        int[] row = new int[width * raster.getNumBands()];
        byte[] rgb = new byte[3 * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            samples.toRgb(row, rgb);
            sink.put(0, top + y, width, rgb, 0);
        }
    }

    /**
     * Of an image in RGB or gray: alpha dropped, palette expanded, gray repeated, samples brought
     * to 8 bits.
     *
     * @throws UnreadFormException the picture has no shades
     */
    static Samples of(BufferedImage image) throws UnreadFormException {
        if (image.getColorModel().getPixelSize() == 1) {
            throw UnreadFormException.blackAndWhite();
        }
        return image.getColorModel() instanceof IndexColorModel palette
                ? indexed(palette)
                : of(image.getRaster());
    }

    /** Red, green and blue, or gray, as they are stored. */
    static Samples of(Raster raster) {
        int step = raster.getNumBands();
        SampleDepth[] depths = depths(raster);
        return (row, rgb) -> {
            int at = 0;
            for (int x = 0; x < row.length; x += step) {
                for (int band = 0; band < 3; band++) {
                    int from = step < 3 ? 0 : band;
                    rgb[at++] = (byte) depths[from].toByte(row[x + from]);
                }
            }
        };
    }

    private static SampleDepth[] depths(Raster raster) {
        return IntStream.of(raster.getSampleModel().getSampleSize())
                .mapToObj(SampleDepth::new)
                .toArray(SampleDepth[]::new);
    }

    private static Samples indexed(IndexColorModel palette) {
        return (row, rgb) -> {
            int at = 0;
            for (int index : row) {
                rgb[at++] = (byte) palette.getRed(index);
                rgb[at++] = (byte) palette.getGreen(index);
                rgb[at++] = (byte) palette.getBlue(index);
            }
        };
    }

    /**
     * Luminance and chrominance to RGB with libjpeg's integer arithmetic (jdcolor.c: 16 fractional
     * bits, rounded), which the JDK follows for files with a JFIF marker only.
     */
    static Samples ycc() {
        return (row, rgb) -> {
            for (int x = 0; x < row.length; x += 3) {
                toRgb(row, x, rgb, x);
            }
        };
    }

    private static void toRgb(int[] ycc, int from, byte[] rgb, int at) {
        int cb = ycc[from + 1] - 128;
        int cr = ycc[from + 2] - 128;
        rgb[at] = clamp(ycc[from] + (91881 * cr + 32768 >> 16));
        rgb[at + 1] = clamp(ycc[from] + (-22554 * cb - 46802 * cr + 32768 >> 16));
        rgb[at + 2] = clamp(ycc[from] + (116130 * cb + 32768 >> 16));
    }

    private static byte clamp(int sample) {
        return (byte) Math.max(0, Math.min(255, sample));
    }

    /** The four bands of an Adobe JPEG as it stores them, which is inverted. */
    static Samples invertedCmyk() {
        return inks(4, (row, at) -> {});
    }

    /** The same of a JPEG that stores the inks as luminance, chrominance and black. */
    static Samples ycck() {
        byte[] colours = new byte[3];
        return inks(
                4,
                (row, at) -> {
                    toRgb(row, at, colours, 0);
                    for (int band = 0; band < 3; band++) {
                        row[at + band] = 255 - (colours[band] & 0xFF);
                    }
                });
    }

    /** Inks of any depth, 0 for none, in the first four bands. */
    static Samples cmyk(Raster raster) {
        SampleDepth[] depths = depths(raster);
        return inks(
                raster.getNumBands(),
                (row, at) -> {
                    for (int band = 0; band < 4; band++) {
                        row[at + band] = 255 - depths[band].toByte(row[at + band]);
                    }
                });
    }

    /** Makes the four samples at an offset of a row inverted inks of 8 bits. */
    private interface Inks {
        void invert(int[] row, int at);
    }

    /** Inks to RGB by the arithmetic of Pillow's conversion. */
    private static Samples inks(int step, Inks inks) {
        return (row, rgb) -> {
            int at = 0;
            for (int x = 0; x < row.length; x += step) {
                inks.invert(row, x);
                int black = row[x + 3];
                for (int band = 0; band < 3; band++) {
                    int product = (255 - row[x + band]) * black + 128;
                    rgb[at++] = (byte) Math.max(0, black - ((product >> 8) + product >> 8));
                }
            }
        };
    }
}
