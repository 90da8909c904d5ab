// SPDX-License-Identifier: Apache-2.0
package io.facegate.encoder.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A model bundle that is not as it should be. */
final class Changed extends ModelJar {
    private final int length;
    private final UnaryOperator<String> expectations;

    private Changed(ModelJar model, int length, UnaryOperator<String> expectations) {
        super(model.info(), model.file);
        this.length = length;
        this.expectations = expectations;
    }

    /** With a model file of the first bytes only. */
    static Changed truncated(ModelJar model, int length) {
        return new Changed(model, length, text -> text);
    }

    /** With other expectations. */
    static Changed expecting(ModelJar model, UnaryOperator<String> expectations) {
        return new Changed(model, Integer.MAX_VALUE, expectations);
    }

    @Override
    public byte[] read() throws IOException {
        byte[] all = super.read();
        return Arrays.copyOf(all, Math.min(all.length, length));
    }

    @Override
    public Optional<InputStream> selfTest(String name) throws IOException {
        Optional<InputStream> file = super.selfTest(name);
        if (!name.equals("expected.json")) {
            return file;
        }
        try (InputStream in = file.orElseThrow()) {
            String text = expectations.apply(new String(in.readAllBytes(), UTF_8));
            return Optional.of(new ByteArrayInputStream(text.getBytes(UTF_8)));
        }
    }
}
