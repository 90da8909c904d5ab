// SPDX-License-Identifier: Apache-2.0
package io.facegate.backup.internal;

import io.facegate.api.model.ModelKey;
import io.facegate.api.store.CounterExample;
import io.facegate.api.store.Gallery;
import io.facegate.api.store.GalleryBlock;
import io.facegate.api.store.GallerySection;
import io.facegate.api.store.Person;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Whether two galleries have the same people, encodings and counter-examples, in eight hexadecimal
 * digits.
 */
final class GalleryFingerprint {
    private static final int DIGITS = 8;

    private GalleryFingerprint() {}

    static String of(Gallery gallery) {
        MessageDigest digest = sha256();
        for (Person person : gallery.people()) {
            digest.update(
                    (person.id() + " " + person.encodings() + " " + person.name() + "\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        List<ModelKey> models =
                gallery.sections().keySet().stream()
                        .sorted(Comparator.comparing(ModelKey::id).thenComparing(ModelKey::weights))
                        .toList();
        for (ModelKey model : models) {
            digest.update((model.id() + model.weights()).getBytes(StandardCharsets.UTF_8));
            section(digest, gallery.sections().get(model));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static void section(MessageDigest digest, GallerySection section) {
        for (GalleryBlock block : section.blocks()) {
            float[] values = block.vectors();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        }
        for (CounterExample example : section.counterExamples()) {
            ByteBuffer bytes = ByteBuffer.allocate(section.dimension() * Float.BYTES);
            bytes.asFloatBuffer().put(example.descriptor().toArray());
            digest.update(("not " + example.personId()).getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
