// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;

import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/** One picture that ImageIO decodes, whole or, when it is large, in stripes. */
final class ImageIoPixels {
    private final byte[] file;
    private final PictureType type;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final ImageStripes stripes;

    /**
     * @param reader set to the file
     */
    ImageIoPixels(byte[] file, PictureType type, ImageReader reader) throws IOException {
        this.file = file;
        this.type = type;
        this.reader = reader;
        width = type == PictureType.GIF ? GifStructure.width(file) : reader.getWidth(0);
        height = type == PictureType.GIF ? GifStructure.height(file) : reader.getHeight(0);
        stripes = stripes();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    private ImageStripes stripes() throws IOException {
        if (PixelSink.isLarge(width, height)) {
            if (type == PictureType.TIFF) {
                return ImageStripes.ofTiles(reader);
            }
            if (type == PictureType.BMP && BmpStructure.hasEqualRows(file)) {
                BmpStructure.checkComplete(file);
                return ImageStripes.ofRows(reader);
            }
        }
        return ImageStripes.whole(reader);
    }

    private boolean inRows() {
        return type == PictureType.PNG && PixelSink.isLarge(width, height) && PngRows.canRead(file);
    }

    /** Bytes of heap it takes to decode. */
    long heapBytes() throws IOException {
        long decoded = inRows() ? 0 : stripes.pixels() * decodedBytes();
        return decoded + PixelSink.bytes(width, height);
    }

    /** Bytes of heap for a pixel in the decoder's own picture; four where it does not say. */
    private int decodedBytes() {
        try {
            Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
            return types.hasNext() ? (types.next().getColorModel().getPixelSize() + 7) / 8 : 4;
        } catch (IOException | RuntimeException e) {
            return 4;
        }
    }

    /** Decodes. */
    RgbImage read() throws IOException {
        PixelSink sink = PixelSink.of(width, height);
        switch (type) {
            case JPEG -> jpeg(sink);
            case TIFF -> new TiffPixels(reader, stripes, sink).read();
            case GIF -> GifStructure.firstFrame(reader, file, sink);
            default -> {
                if (inRows()) {
                    PngRows.read(file, sink);
                } else {
                    stripes.forEach(
                            (image, top) ->
                                    RasterPixels.put(
                                            image.getRaster(), RasterPixels.of(image), top, sink));
                }
            }
        }
        return sink.picture();
    }

    /** As stored: ImageIO's own conversion of inks gives pale colours. */
    private void jpeg(PixelSink sink) throws IOException {
        Raster stored = reader.readRaster(0, null);
        RasterPixels.Samples samples;
        if (JpegStructure.components(file) == 4) {
            samples =
                    JpegStructure.isYcck(file) ? RasterPixels.ycck() : RasterPixels.invertedCmyk();
        } else {
            samples = JpegStructure.isYcc(file) ? RasterPixels.ycc() : RasterPixels.of(stored);
        }
        RasterPixels.put(stored, samples, 0, sink);
    }
}
