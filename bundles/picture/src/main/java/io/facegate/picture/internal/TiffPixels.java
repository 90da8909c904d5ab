// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

/**
 * Samples of TIFF by what the file's tags say of them: ImageIO hands out inks, L*a*b*, signed and
 * floating-point samples in the same rasters as red, green and blue.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 */
final class TiffPixels {
    private static final int SIGNED = BaselineTIFFTagSet.SAMPLE_FORMAT_SIGNED_INTEGER;
    private static final int FLOATING = BaselineTIFFTagSet.SAMPLE_FORMAT_FLOATING_POINT;

    /** White of floating-point samples is the first of these that none exceeds. */
    private static final float[] WHITES = {1, 255, 65535};

    private TiffPixels() {}

    /**
     * Decodes the first picture.
     *
     * @throws UnreadFormException its samples are of a kind that would give wrong colours
     */
    static RgbImage read(ImageReader reader) throws IOException {
        TIFFDirectory tags = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
        int colours = tag(tags, BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION, 1);
        int samples = tag(tags, BaselineTIFFTagSet.TAG_SAMPLE_FORMAT, 1);
        check(colours);
        if (samples == SIGNED) {
            throw new UnreadFormException("signed samples");
        }
        BufferedImage image = reader.read(0);
        Raster raster = image.getRaster();
        if (samples == FLOATING) {
            return floating(raster);
        }
        return colours == BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CMYK
                        && raster.getNumBands() >= 4
                ? RasterPixels.ofCmyk(raster)
                : RasterPixels.of(image);
    }

    private static int tag(TIFFDirectory tags, int number, int otherwise) {
        TIFFField field = tags.getTIFFField(number);
        return field == null ? otherwise : field.getAsInt(0);
    }

    private static void check(int colours) throws UnreadFormException {
        switch (colours) {
            case BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_WHITE_IS_ZERO,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_BLACK_IS_ZERO,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_RGB,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_PALETTE_COLOR,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CMYK,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_Y_CB_CR -> {}
            case BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CIELAB,
                    BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_ICCLAB ->
                    throw new UnreadFormException("L*a*b* colours");
            default -> throw new UnreadFormException("colours of kind " + colours);
        }
    }

    private static RgbImage floating(Raster raster) throws UnreadFormException {
        int type = raster.getTransferType();
        if (type != DataBuffer.TYPE_FLOAT && type != DataBuffer.TYPE_DOUBLE) {
            throw new UnreadFormException("floating-point samples of 16 bits");
        }
        float white = white(raster);
        int step = raster.getNumBands();
        float[] row = new float[raster.getWidth() * step];
        RgbImage to = RgbImage.empty(raster.getWidth(), raster.getHeight());
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            row(raster, y, row);
            for (int x = 0; x < row.length; x += step) {
                for (int band = 0; band < 3; band++) {
                    float sample = row[x + (step < 3 ? 0 : band)] * 255 / white;
                    to.rgb()[at++] = (byte) Math.max(0, Math.min(255, Math.round(sample)));
                }
            }
        }
        return to;
    }

    private static float white(Raster raster) throws UnreadFormException {
        float[] row = new float[raster.getWidth() * raster.getNumBands()];
        float most = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            row(raster, y, row);
            for (float sample : row) {
                most = Math.max(most, sample);
            }
        }
        for (float white : WHITES) {
            if (most <= white) {
                return white;
            }
        }
        throw new UnreadFormException("floating-point samples beyond 65535");
    }

    private static void row(Raster raster, int y, float[] to) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, to);
    }
}
