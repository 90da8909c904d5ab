// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the configuration files that File Install could not read, which it passes over in silence:
 * those in {@code conf/} of the data folder that no configuration says it comes from.
 */
@Component(immediate = true, service = ConditionSource.class)
public final class ConfigurationFiles implements ConditionSource {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFiles.class);
    private static final String FILE_NAME = "felix.fileinstall.filename";

    /** File Install looks once a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** As a person writes it: what a program saves as bits is longer. */
    private static final Pattern NO_POINT =
            Pattern.compile("(?m)^\\s*([\\w.-]+)\\s*=\\s*([DdFf])\"(-?0*[1-9]\\d{0,5})\"");

    private final ConfigurationAdmin admin;
    private final Path folder;
    private final Set<Path> named = ConcurrentHashMap.newKeySet();

    @Activate
    public ConfigurationFiles(BundleContext context, @Reference ConfigurationAdmin admin) {
        this.admin = admin;
        this.folder =
                Path.of(
                                Optional.ofNullable(context.getProperty("facegate.data"))
                                        .orElse("facegate-data"))
                        .resolve("conf");
    }

    @Override
    public List<Condition> conditions() {
        List<Path> unread = unread();
        List<Condition> slips = slips(unread);
        named.retainAll(unread);
        for (Path file : unread) {
            if (named.add(file)) {
                LOG.error(message(file));
            }
        }
        if (unread.isEmpty() && slips.isEmpty()) {
            return List.of(
                    new Condition("configuration", Condition.Level.OK, "every file was read"));
        }
        return Stream.concat(
                        unread.stream()
                                .map(
                                        file ->
                                                new Condition(
                                                        "configuration",
                                                        Condition.Level.FAILED,
                                                        message(file))),
                        slips.stream())
                .toList();
    }

    /** Numbers that File Install takes for the bits of others, without a word. */
    private List<Condition> slips(List<Path> unread) {
        List<Condition> slips = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(ConfigurationFiles::isConfiguration).sorted().toList()) {
                if (!unread.contains(file)) {
                    Matcher slip = NO_POINT.matcher(Files.readString(file));
                    while (slip.find()) {
                        slips.add(
                                new Condition(
                                        "configuration",
                                        Condition.Level.FAILED,
                                        "%s: write %s=%s\"%s.0\", with its point; it was read as %s"
                                                .formatted(
                                                        file,
                                                        slip.group(1),
                                                        slip.group(2),
                                                        slip.group(3),
                                                        taken(slip.group(2), slip.group(3)))));
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("Configuration files cannot be looked at", e);
        }
        return slips;
    }

    private static String taken(String type, String digits) {
        try {
            return type.equalsIgnoreCase("D")
                    ? Double.toString(Double.longBitsToDouble(Long.parseLong(digits)))
                    : Float.toString(Float.intBitsToFloat(Integer.parseInt(digits)));
        } catch (NumberFormatException e) {
            return "none";
        }
    }

    private static boolean isConfiguration(Path file) {
        return file.getFileName().toString().endsWith(".config");
    }

    private static String message(Path file) {
        return file
                + " was not read: each line is key=\"text\", or key=I\"1\" (whole number),"
                + " D\"10.0\" (with its point),"
                + " B\"true\"; correct it, it is read again at once";
    }

    private List<Path> unread() {
        try (Stream<Path> files = Files.list(folder)) {
            Set<Path> read = read();
            Instant settled = Instant.now().minus(PATIENCE);
            return files.filter(ConfigurationFiles::isConfiguration)
                    .filter(file -> !read.contains(real(file)))
                    .filter(file -> isOlder(file, settled))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // no folder, no files
        }
    }

    /** File Install names files as they lie on the disk; the folder may be a link. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath(); // just removed
        }
    }

    private static boolean isOlder(Path file, Instant moment) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
        } catch (IOException e) {
            return false; // just removed
        }
    }

    private Set<Path> read() throws IOException {
        try {
            return Optional.ofNullable(admin.listConfigurations("(" + FILE_NAME + "=*)")).stream()
                    .flatMap(Arrays::stream)
                    .map(configuration -> configuration.getProperties().get(FILE_NAME))
                    .map(name -> real(Path.of(URI.create(name.toString()))))
                    .collect(Collectors.toSet());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
