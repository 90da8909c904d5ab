// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.command.CommandSurroundings;
import io.facegate.command.internal.Program;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.StopSignal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Runs command lines and keeps what they print. */
public final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Standard input. */
    public InputStream in = InputStream.nullInputStream();

    /** Where the command is called. */
    public Path folder = Path.of("");

    /** Whether messages go to a terminal. */
    public boolean terminal;

    public final StopSignal stop = new StopSignal();
    private final Parts parts;

    public Terminal(Parts parts) {
        this.parts = parts;
    }

    public int run(Object... words) {
        List<String> texts = Arrays.stream(words).map(Object::toString).toList();
        return new Program(session(), "1.2.3").run(texts);
    }

    public Session session() {
        CommandSurroundings surroundings =
                new CommandSurroundings(
                        folder,
                        in,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal,
                        stop::stopped);
        return new Session(parts, surroundings, Duration.ofMillis(50), stop);
    }

    /** Data, so far. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Messages, so far. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
