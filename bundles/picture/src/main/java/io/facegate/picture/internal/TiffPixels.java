// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

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

    private final ImageStripes stripes;
    private final PixelTarget sink;
    private final int colours;
    private final int samples;

    /**
     * Looks at the first picture.
     *
     * @throws UnreadFormException its samples are of a kind that would give wrong colours
     */
    TiffPixels(ImageReader reader, ImageStripes stripes, PixelTarget sink) throws IOException {
        this.stripes = stripes;
        this.sink = sink;
        TIFFDirectory tags = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
        colours = tag(tags, BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION, 1);
        samples = tag(tags, BaselineTIFFTagSet.TAG_SAMPLE_FORMAT, 1);
        check(colours);
        if (samples == SIGNED) {
            throw new UnreadFormException("signed samples");
        }
    }

    /** Decodes it. */
    void read() throws IOException {
        if (samples == FLOATING) {
            floating();
            return;
        }
        stripes.forEach(
                (image, top) -> {
                    Raster raster = image.getRaster();
                    boolean inks =
                            colours == BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CMYK
                                    && raster.getNumBands() >= 4;
                    RasterPixels.put(
                            raster,
                            inks ? RasterPixels.cmyk(raster) : RasterPixels.of(image),
                            top,
                            sink);
                });
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

    private void floating() throws IOException {
        float[] most = new float[1];
        stripes.forEach((image, top) -> most[0] = Math.max(most[0], most(image.getRaster())));
        float white = white(most[0]);
        stripes.forEach((image, top) -> put(image.getRaster(), white, top));
    }

    private void put(Raster raster, float white, int top) {
        int step = raster.getNumBands();
        float[] row = new float[raster.getWidth() * step];
        byte[] rgb = new byte[3 * raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            row(raster, y, row);
            int at = 0;
            for (int x = 0; x < row.length; x += step) {
                for (int band = 0; band < 3; band++) {
                    float sample = row[x + (step < 3 ? 0 : band)] * 255 / white;
                    rgb[at++] = (byte) Math.max(0, Math.min(255, Math.round(sample)));
                }
            }
            sink.put(0, top + y, raster.getWidth(), rgb, 0);
        }
    }

    private static float most(Raster raster) throws UnreadFormException {
        int type = raster.getTransferType();
        if (type != DataBuffer.TYPE_FLOAT && type != DataBuffer.TYPE_DOUBLE) {
            throw new UnreadFormException("floating-point samples of 16 bits");
        }
        float[] row = new float[raster.getWidth() * raster.getNumBands()];
        float most = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            row(raster, y, row);
            for (float sample : row) {
                most = Math.max(most, sample);
            }
        }
        return most;
    }

    private static float white(float most) throws UnreadFormException {
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
