// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The pickles of the folder pickles, and pickles made up byte by byte. */
final class Pickles {
    private Pickles() {}

    /** What make.py calls value. */
    static float value(int encoding, int index) {
        return ((encoding * 128 + index) * 37 % 401 - 200) / 1024f;
    }

    static float[] vector(int encoding) {
        float[] vector = new float[128];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = value(encoding, i);
        }
        return vector;
    }

    /** All files of make.py, by name. */
    static Map<String, byte[]> files() throws IOException {
        try (InputStream file = Pickles.class.getResourceAsStream("/pickles/pickles.zip")) {
            return files(file);
        }
    }

    /** All files of forms.py, by name. */
    static Map<String, byte[]> forms() throws IOException {
        try (InputStream file = Pickles.class.getResourceAsStream("/pickles/forms.zip.gz")) {
            return files(new GZIPInputStream(file));
        }
    }

    private static Map<String, byte[]> files(InputStream file) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                files.put(e.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** Texts as Latin-1, numbers as bytes, arrays as they are. */
    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            } else if (part instanceof byte[] bytes) {
                all.writeBytes(bytes);
            } else {
                all.write((Integer) part);
            }
        }
        return all.toByteArray();
    }
}
