// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Prints each recognition event as a line on the process's standard output, and once, on its
 * standard error, where everything is to be found. Silent while the process runs a single command.
 */
@Component(configurationPid = EventPrinter.PID, immediate = true)
@Designate(ocd = EventPrinter.Config.class)
public final class EventPrinter implements RecognitionListener {
    static final String PID = "io.facegate.shell";
    private static final int CAPACITY = 10_000;
    private static final Duration START = Duration.ofSeconds(20);

    private final Optional<EventLines> lines;

    /** Configuration of the lines. */
    @ObjectClassDefinition(
            name = "Facegate shell",
            description = "What the gateway prints in its terminal")
    @interface Config {
        @AttributeDefinition(
                name = "Print events",
                description = "A line on standard output for each recognition event")
        boolean printEvents() default true;
    }

    @Activate
    public EventPrinter(BundleContext context, @Reference GatewayParts parts, Config config) {
        boolean command = "command".equals(context.getProperty("facegate.mode"));
        if (command || !config.printEvents()) {
            lines = Optional.empty();
            return;
        }
        Banner banner =
                new Banner(
                        parts,
                        property(context, "facegate.gateway", "?"),
                        property(context, "facegate.version", ""),
                        Path.of(property(context, "facegate.data", "facegate-data")));
        lines =
                Optional.of(
                        new EventLines(
                                stream(FileDescriptor.out),
                                new EventLine(ZoneId.systemDefault()),
                                CAPACITY,
                                new BannerWatch(banner, stream(FileDescriptor.err), START)));
    }

    @Deactivate
    void deactivate() {
        lines.ifPresent(EventLines::close);
    }

    @Override
    public void onEvent(RecognitionEvent event) {
        lines.ifPresent(all -> all.offer(event));
    }

    private static String property(BundleContext context, String name, String otherwise) {
        return Optional.ofNullable(context.getProperty(name)).orElse(otherwise);
    }

    /** Not System.out, which Gogo redirects. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
