// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Formats of picture files, told by their first bytes: names lie. */
enum PictureType {
    JPEG,
    PNG,
    BMP,
    GIF,
    TIFF,
    /** TIFF with offsets of 64 bits, which nothing here reads. */
    BIG_TIFF,
    WEBP,
    /** HEIC and AVIF. */
    HEIF;

    static Optional<PictureType> of(byte[] file) {
        if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        }
        if (startsWith(file, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return Optional.of(PNG);
        }
        if (startsWith(file, 0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        if (startsWith(file, 0, 'I', 'I', 42, 0) || startsWith(file, 0, 'M', 'M', 0, 42)) {
            return Optional.of(TIFF);
        }
        if (startsWith(file, 0, 'I', 'I', 43, 0) || startsWith(file, 0, 'M', 'M', 0, 43)) {
            return Optional.of(BIG_TIFF);
        }
        if (startsWith(file, 0, 'R', 'I', 'F', 'F') && startsWith(file, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        if (startsWith(file, 4, 'f', 't', 'y', 'p') && isHeifBrand(file)) {
            return Optional.of(HEIF);
        }
        return startsWith(file, 0, 'B', 'M') ? Optional.of(BMP) : Optional.empty();
    }

    private static boolean isHeifBrand(byte[] file) {
        String brand = file.length < 12 ? "" : new String(file, 8, 4, StandardCharsets.ISO_8859_1);
        return brand.startsWith("hei")
                || brand.startsWith("hev")
                || brand.startsWith("avi")
                || brand.equals("mif1")
                || brand.equals("msf1");
    }

    private static boolean startsWith(byte[] file, int offset, int... expected) {
        if (file.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((file[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
