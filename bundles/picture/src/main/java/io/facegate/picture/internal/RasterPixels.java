// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the samples of a decoded picture as they are stored, because {@code BufferedImage.getRGB}
 * would convert colours by the ICC profile, which Pillow's {@code convert("RGB")} does not. In one
 * case this is not Pillow's result: of 16-bit gray the upper 8 bits are taken, where Pillow makes
 * all but the darkest pixels white.
 */
final class RasterPixels {
    private RasterPixels() {}

    /** Alpha dropped, palette expanded, gray repeated, of 16 bits the upper 8. */
    static RgbImage of(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return expand(image.getRaster(), palette);
        }
        Raster raster = image.getRaster();
        return copy(raster, raster.getNumBands() < 3 ? 1 : 3, sampleShift(raster));
    }

    private static int sampleShift(Raster raster) {
        return raster.getTransferType() == DataBuffer.TYPE_USHORT
                        && raster.getSampleModel().getSampleSize(0) > 8
                ? raster.getSampleModel().getSampleSize(0) - 8
                : 0;
    }

    private static RgbImage copy(Raster raster, int bands, int shift) {
        int width = raster.getWidth();
        RgbImage to = RgbImage.empty(width, raster.getHeight());
        int[] row = new int[width * raster.getNumBands()];
        int step = raster.getNumBands();
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int from = x * step;
                to.rgb()[at++] = (byte) (row[from] >> shift);
                to.rgb()[at++] = (byte) (row[from + (bands == 3 ? 1 : 0)] >> shift);
                to.rgb()[at++] = (byte) (row[from + (bands == 3 ? 2 : 0)] >> shift);
            }
        }
        return to;
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
                int cb = row[x + 1] - 128;
                int cr = row[x + 2] - 128;
                to.rgb()[at++] = clamp(row[x] + (91881 * cr + 32768 >> 16));
                to.rgb()[at++] = clamp(row[x] + (-22554 * cb - 46802 * cr + 32768 >> 16));
                to.rgb()[at++] = clamp(row[x] + (116130 * cb + 32768 >> 16));
            }
        }
        return to;
    }

    private static byte clamp(int sample) {
        return (byte) Math.max(0, Math.min(255, sample));
    }

    /**
     * The four stored bands of an Adobe JPEG (inverted CMYK), by the arithmetic of Pillow's
     * conversion to RGB.
     */
    static RgbImage ofInvertedCmyk(Raster raster) {
        RgbImage to = RgbImage.empty(raster.getWidth(), raster.getHeight());
        int[] row = new int[4 * to.width()];
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(0, y, to.width(), 1, row);
            for (int x = 0; x < row.length; x += 4) {
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
