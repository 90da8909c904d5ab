// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How the main picture of a HEIF file is to be cropped, turned and mirrored: FFmpeg tells no
 * cropping of pictures made of tiles, and not the order of turning and mirroring.
 *
 * @see <a href="https://www.iso.org/standard/83650.html">ISO/IEC 23008-12, 6.5</a>
 */
final class HeifShape {
    private static final int CROPPING = box("clap");
    private static final int ROTATION = box("irot");
    private static final int MIRROR = box("imir");

    /** EXIF's orientation for each quarter turn against the clock. */
    private static final int[] TURNED = {1, 8, 3, 6};

    /** EXIF's orientation for the picture upside down, and for left and right exchanged. */
    private static final int[] MIRRORED = {4, 2};

    private final List<ByteBuffer> properties;

    private HeifShape(List<ByteBuffer> properties) {
        this.properties = properties;
    }

    /** Of a file; without one where the file is damaged. */
    static HeifShape of(byte[] file) {
        try {
            ByteBuffer meta = find(ByteBuffer.wrap(file), "meta");
            meta.getInt(); // version and flags
            return new HeifShape(properties(meta.slice()));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return new HeifShape(List.of());
        }
    }

    /** The properties of the main picture, in the order they apply. */
    private static List<ByteBuffer> properties(ByteBuffer meta) {
        ByteBuffer main = find(meta, "pitm");
        int item = main.getInt() >>> 24 == 0 ? main.getShort() & 0xFFFF : main.getInt();
        ByteBuffer all = find(meta, "iprp");
        List<ByteBuffer> boxes = boxes(find(all, "ipco"));
        List<ByteBuffer> found = new ArrayList<>();
        ByteBuffer uses = find(all, "ipma");
        int head = uses.getInt();
        int items = uses.getInt();
        for (int i = 0; i < items; i++) {
            boolean wanted = (head >>> 24 == 0 ? uses.getShort() & 0xFFFF : uses.getInt()) == item;
            int count = uses.get() & 0xFF;
            for (int k = 0; k < count; k++) {
                int index = (head & 1) == 0 ? uses.get() & 0x7F : uses.getShort() & 0x7FFF;
                if (wanted && index > 0 && index <= boxes.size()) {
                    found.add(boxes.get(index - 1));
                }
            }
        }
        return found;
    }

    /** The part that is shown of a picture of this size. */
    Crop crop(int width, int height) {
        for (ByteBuffer property : properties) {
            if (property.getInt(4) == CROPPING && property.limit() >= 40) {
                double columns = fraction(property, 8);
                double rows = fraction(property, 16);
                // from the middle of the picture to the middle of the part
                double x = (width - columns) / 2 + fraction(property, 24);
                double y = (height - rows) / 2 + fraction(property, 32);
                return new Crop(
                                (int) Math.round(x),
                                (int) Math.round(y),
                                (int) Math.round(columns),
                                (int) Math.round(rows))
                        .within(new Crop(0, 0, width, height));
            }
        }
        return new Crop(0, 0, width, height);
    }

    private static double fraction(ByteBuffer property, int at) {
        return (double) property.getInt(at) / Math.max(1, property.getInt(at + 4));
    }

    /** A picture turned and mirrored as the file asks for. */
    RgbImage upright(RgbImage picture) {
        RgbImage turned = picture;
        for (ByteBuffer property : properties) {
            if (property.getInt(4) == ROTATION && property.limit() > 8) {
                turned = turned.oriented(TURNED[property.get(8) & 3]);
            } else if (property.getInt(4) == MIRROR && property.limit() > 8) {
                turned = turned.oriented(MIRRORED[property.get(8) & 1]);
            }
        }
        return turned;
    }

    private static int box(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /** The content of the first box of a name. */
    private static ByteBuffer find(ByteBuffer boxes, String name) {
        for (ByteBuffer each : boxes(boxes)) {
            if (each.getInt(4) == box(name)) {
                return each.position(each.getInt(0) == 1 ? 16 : 8).slice();
            }
        }
        throw new BufferUnderflowException();
    }

    /** Boxes one after the other, each with its head. */
    private static List<ByteBuffer> boxes(ByteBuffer from) {
        List<ByteBuffer> boxes = new ArrayList<>();
        ByteBuffer rest = from.slice();
        while (rest.remaining() >= 8) {
            long size = rest.getInt(rest.position()) & 0xFFFFFFFFL;
            if (size == 1 && rest.remaining() >= 16) {
                size = rest.getLong(rest.position() + 8);
            }
            int length = size == 0 ? rest.remaining() : (int) Math.min(size, rest.remaining());
            if (length < 8) {
                break;
            }
            boxes.add(rest.slice(rest.position(), length));
            rest.position(rest.position() + length);
        }
        return boxes;
    }
}
