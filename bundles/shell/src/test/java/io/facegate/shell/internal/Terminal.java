// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Runs command lines and keeps what they print. */
final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Standard input. */
    InputStream in = InputStream.nullInputStream();

    final StopSignal stop = new StopSignal();
    private final Parts parts;

    Terminal(Parts parts) {
        this.parts = parts;
    }

    int run(Object... words) {
        List<String> texts = java.util.Arrays.stream(words).map(Object::toString).toList();
        return new Program(session(), "1.2.3").run(texts);
    }

    Session session() {
        return new Session(
                parts,
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Duration.ofMillis(50),
                stop);
    }

    /** Data, so far. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Messages, so far. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
