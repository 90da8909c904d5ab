// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468).
 *
 * @param path where it is
 * @param blocks in order
 */
record PemFile(Path path, List<Block> blocks) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /**
     * One block.
     *
     * @param label such as {@code CERTIFICATE}
     * @param der its content
     * @param legacyEncryption whether it is encrypted as OpenSSL did before PKCS#8
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Block(String label, byte[] der, boolean legacyEncryption) {}

    static boolean looksLike(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /** Reads a file; one without blocks is an empty list. */
    static PemFile read(Path path) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            boolean encrypted = body.contains("ENCRYPTED");
            String base64 = encrypted ? "" : body.replaceAll("\\s", "");
            try {
                blocks.add(
                        new Block(matcher.group(1), Base64.getDecoder().decode(base64), encrypted));
            } catch (IllegalArgumentException e) {
                throw new TlsFileException(path + " is a damaged PEM file", e);
            }
        }
        return new PemFile(path, List.copyOf(blocks));
    }

    /** All certificates of the file behind each other, as a CertificateFactory reads them. */
    byte[] certificates() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Block block : blocks) {
            if (block.label().endsWith("CERTIFICATE")) {
                all.writeBytes(block.der());
            }
        }
        return all.toByteArray();
    }
}
