// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import io.facegate.api.command.CommandSurroundings;
import io.facegate.command.internal.session.Deadline;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.StopSignal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the command the process was started for ({@code facegate.mode=command}) and ends the process
 * with its exit code. Writes to the process's own streams: Gogo redirects {@code System.out}.
 */
@Component(
        immediate = true,
        service = {})
public final class CommandMode {
    private static final Logger LOG = LoggerFactory.getLogger(CommandMode.class);

    /** What a command may take to end when it is told to; a component has 4 s in all. */
    private static final long ENDING_MILLIS = 3500;

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Activate
    public CommandMode(
            BundleContext context,
            @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) Parts parts) {
        if (!"command".equals(context.getProperty("facegate.mode")) || !preparedEnd(context)) {
            ended.countDown();
            return;
        }
        List<String> words = words(context.getProperty("facegate.args"));
        String version = context.getProperty("facegate.version");
        PrintStream out = stream(FileDescriptor.out, false);
        PrintStream err = stream(FileDescriptor.err, true);
        CommandSurroundings surroundings =
                new CommandSurroundings(
                        Path.of(""),
                        new FileInputStream(FileDescriptor.in),
                        out,
                        err,
                        Boolean.parseBoolean(context.getProperty("facegate.tty")),
                        stop::stopped);
        Duration patience = Patience.of(context);
        Session session = new Session(parts, surroundings, patience, stop);
        Thread thread =
                new Thread(
                        () -> {
                            awaitStart(context.getBundle(0), patience);
                            int code = new Program(session, version).run(words);
                            out.flush();
                            err.flush();
                            ended.countDown();
                            if (code == ExitCode.DONE) {
                                mark(context.getProperty("facegate.archive.made"));
                            }
                            if (!stop.stopped()) {
                                System.exit(code);
                            }
                        },
                        "facegate-command-line");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Prepares the end of the process.
     *
     * @return false when it has come already, by Ctrl-C before the command began
     */
    private boolean preparedEnd(BundleContext context) {
        try {
            Optional.ofNullable(context.getProperty("facegate.temporary"))
                    .ifPresent(
                            folder ->
                                    WorkFolder.deleteAtExit(context.getBundle(0), Path.of(folder)));
            // the framework stops the parts a command is using at the same time
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(this::deactivate, "facegate-command-stop"));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Tells the launcher that the classes loaded are those of a whole command. */
    private static void mark(String file) {
        if (file != null) {
            try {
                Files.createFile(Path.of(file));
            } catch (IOException e) {
                LOG.debug("The archive of classes is not kept", e);
            }
        }
    }

    /** Ending the process while bundles are being started makes them complain. */
    private static void awaitStart(Bundle framework, Duration patience) {
        Deadline.in(patience)
                .await(
                        () ->
                                Optional.of(framework)
                                        .filter(bundle -> bundle.getState() == Bundle.ACTIVE));
    }

    /**
     * Lets the command complete what it is writing. Its thread is not joined: it may be the one
     * that ends the process.
     */
    @Deactivate
    void deactivate() {
        stop.stop();
        try {
            ended.await(ENDING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command line, each word ended by U+001F. */
    static List<String> words(String args) {
        if (args == null || args.isEmpty()) {
            return List.of();
        }
        String separator = "\u001f";
        String inner = args.endsWith(separator) ? args.substring(0, args.length() - 1) : args;
        return List.of(inner.split(separator, -1));
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
                autoFlush,
                StandardCharsets.UTF_8);
    }
}
