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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
        named.retainAll(unread);
        for (Path file : unread) {
            if (named.add(file)) {
                LOG.error(message(file));
            }
        }
        if (unread.isEmpty()) {
            return List.of(
                    new Condition("configuration", Condition.Level.OK, "every file was read"));
        }
        return unread.stream()
                .map(file -> new Condition("configuration", Condition.Level.FAILED, message(file)))
                .toList();
    }

    private static String message(Path file) {
        return file
                + " was not read: each line is key=\"text\", or key=I\"1\" (whole number), D\"0.5\","
                + " B\"true\"; correct it, it is read again at once";
    }

    private List<Path> unread() {
        try (Stream<Path> files = Files.list(folder)) {
            Set<Path> read = read();
            Instant settled = Instant.now().minus(PATIENCE);
            return files.filter(file -> file.getFileName().toString().endsWith(".config"))
                    .filter(file -> !read.contains(file.toAbsolutePath()))
                    .filter(file -> isOlder(file, settled))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // no folder, no files
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
                    .map(name -> Path.of(URI.create(name.toString())))
                    .collect(Collectors.toSet());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
