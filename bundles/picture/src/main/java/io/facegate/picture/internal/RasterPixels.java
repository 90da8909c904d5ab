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

    /**
     * Alpha dropped, palette expanded, gray repeated, samples brought to 8 bits.
     *
     * @throws UnreadFormException the picture has no shades
     */
    static RgbImage of(BufferedImage image) throws UnreadFormException {
        if (image.getColorModel().getPixelSize() == 1) {
            // dots make another face: 0.745 from the picture they were made of
            throw new UnreadFormException("black and white pixels only");
        }
        return image.getColorModel() instanceof IndexColorModel palette
                ? expand(image.getRaster(), palette)
                : of(image.getRaster());
    }

    /** Samples of red, green and blue, or of gray, as they are stored. */
    static RgbImage of(Raster raster) {
        int width = raster.getWidth();
        RgbImage to = RgbImage.empty(width, raster.getHeight());
        int step = raster.getNumBands();
        int[] row = new int[width * step];
        SampleDepth[] depths = depths(raster);
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < row.length; x += step) {
                for (int band = 0; band < 3; band++) {
                    int from = step < 3 ? 0 : band;
                    to.rgb()[at++] = (byte) depths[from].toByte(row[x + from]);
                }
            }
        }
        return to;
    }

    private static SampleDepth[] depths(Raster raster) {
        return IntStream.of(raster.getSampleModel().getSampleSize())
                .mapToObj(SampleDepth::new)
                .toArray(SampleDepth[]::new);
    }

    private static RgbImage expand(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        RgbImage to = RgbImage.empty(width, raster.getHeight());
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                to.rgb()[at++] = (byte) palette.getRed(index);
                to.rgb()[at++] = (byte) palette.getGreen(index);
                to.rgb()[at++] = (byte) palette.getBlue(index);
            }
        }
        return to;
    }

    /**
     * Luminance and chrominance to RGB with libjpeg's integer arithmetic (jdcolor.c: 16 fractional
     * bits, rounded), which the JDK follows for files with a JFIF marker only.
     */
    static RgbImage ofYcc(Raster raster) {
        RgbImage to = RgbImage.empty(raster.getWidth(), raster.getHeight());
        int[] row = new int[3 * to.width()];
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(0, y, to.width(), 1, row);
            for (int x = 0; x < row.length; x += 3) {
                toRgb(row, x, to.rgb(), at);
                at += 3;
            }
        }
        return to;
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
    static RgbImage ofInvertedCmyk(Raster raster) {
        return cmyk(raster, (row, at) -> {});
    }

    /** The same of a JPEG that stores the inks as luminance, chrominance and black. */
    static RgbImage ofYcck(Raster raster) {
        byte[] rgb = new byte[3];
        return cmyk(
                raster,
                (row, at) -> {
                    toRgb(row, at, rgb, 0);
                    for (int band = 0; band < 3; band++) {
                        row[at + band] = 255 - (rgb[band] & 0xFF);
                    }
                });
    }

    /** Inks of any depth, 0 for none, in the first four bands. */
    static RgbImage ofCmyk(Raster raster) {
        SampleDepth[] depths = depths(raster);
        return cmyk(
                raster,
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
    private static RgbImage cmyk(Raster raster, Inks inks) {
        RgbImage to = RgbImage.empty(raster.getWidth(), raster.getHeight());
        int step = raster.getNumBands();
        int[] row = new int[step * to.width()];
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, to.width(), 1, row);
            for (int x = 0; x < row.length; x += step) {
                inks.invert(row, x);
                int black = row[x + 3];
                for (int band = 0; band < 3; band++) {
                    int product = (255 - row[x + band]) * black + 128;
                    to.rgb()[at++] = (byte) Math.max(0, black - ((product >> 8) + product >> 8));
                }
            }
        }
        return to;
    }
}
