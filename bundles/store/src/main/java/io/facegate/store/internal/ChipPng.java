// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.store.StoreException;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Chips as PNG: lossless, because a JPEG moves descriptors by up to 0.12. In memory only: ImageIO's
 * default puts every picture into a file of the temporary folder, unprotected.
 */
final class ChipPng {
    private ChipPng() {}

    static Optional<byte[]> encode(Optional<FaceChip> chip) throws StoreException {
        try {
            return chip.isEmpty() ? Optional.empty() : Optional.of(encode(chip.get()));
        } catch (IOException e) {
            throw new StoreException("the aligned face cannot be kept as a picture", e);
        }
    }

    /**
     * @param of whose chip it is, for the message of a damaged one
     */
    static Optional<FaceChip> decode(Optional<byte[]> png, String of) throws StoreException {
        try {
            return png.isEmpty() ? Optional.empty() : Optional.of(decode(png.get()));
        } catch (IOException e) {
            throw new StoreException("the chip of " + of + " is damaged: add the photo again", e);
        }
    }

    static byte[] encode(FaceChip chip) throws IOException {
        int size = chip.size();
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        swap(chip.rgb(), bgr);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(3 * size * size);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static FaceChip decode(byte[] png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            int size = image.getWidth();
            if (image.getHeight() != size) {
                throw new IOException("a chip of " + size + "x" + image.getHeight());
            }
            int[] pixels = image.getRGB(0, 0, size, size, null, 0, size);
            byte[] rgb = new byte[3 * pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                rgb[3 * i] = (byte) (pixels[i] >> 16);
                rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
                rgb[3 * i + 2] = (byte) pixels[i];
            }
            return new FaceChip(size, rgb);
        } finally {
            reader.dispose();
        }
    }

    private static void swap(byte[] rgb, byte[] bgr) {
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
    }
}
