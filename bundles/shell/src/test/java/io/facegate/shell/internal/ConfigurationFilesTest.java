// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.status.Condition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

class ConfigurationFilesTest {
    @TempDir Path data;

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, called, arguments) ->
                                called.getName().equals(method) ? answer : null));
    }

    private Path file(String text) throws Exception {
        Path file = Files.createDirectories(data.resolve("conf")).resolve("x.config");
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    private List<Condition> conditions(Path... read) {
        Configuration[] known =
                Arrays.stream(read)
                        .map(
                                file ->
                                        answering(
                                                Configuration.class,
                                                "getProperties",
                                                new Hashtable<>(
                                                        Map.of(
                                                                "felix.fileinstall.filename",
                                                                file.toUri().toString()))))
                        .toArray(Configuration[]::new);
        return new ConfigurationFiles(
                        answering(BundleContext.class, "getProperty", data.toString()),
                        answering(ConfigurationAdmin.class, "listConfigurations", known))
                .conditions();
    }

    @Test
    void filesThatWereReadAreWell() throws Exception {
        Path file = file("a=D\"10.0\"\nb=I\"10\"\nc=D\"0\"\nd=D\"4621819117588971520\"\n");
        assertThat(conditions(file))
                .containsExactly(
                        new Condition("configuration", Condition.Level.OK, "every file was read"));
    }

    /** As the Debian package has it, whose configuration lies in /etc. */
    @Test
    void folderMayBeALink() throws Exception {
        Path file = file("a=D\"10.0\"\n");
        Path elsewhere = Files.move(data.resolve("conf"), data.resolve("etc"));
        Files.createSymbolicLink(data.resolve("conf"), elsewhere);
        assertThat(conditions(elsewhere.resolve(file.getFileName()).toRealPath()))
                .containsExactly(
                        new Condition("configuration", Condition.Level.OK, "every file was read"));
    }

    @Test
    void filesThatWereNotReadAreNamed() throws Exception {
        Path file = file("a=D\"abc\"\n");
        assertThat(conditions())
                .singleElement()
                .satisfies(
                        condition -> {
                            assertThat(condition.level()).isEqualTo(Condition.Level.FAILED);
                            assertThat(condition.message()).startsWith(file + " was not read");
                        });
    }

    @Test
    void numbersWithoutTheirPointAreNamed() throws Exception {
        Path file = file("framesPerSecond=D\"10\"\n tolerance = F\"1\"\n");
        assertThat(conditions(file))
                .extracting(Condition::message)
                .containsExactly(
                        file
                                + ": write framesPerSecond=D\"10.0\", with its point; it was read as"
                                + " 4.9E-323",
                        file
                                + ": write tolerance=F\"1.0\", with its point; it was read as 1.4E-45");
    }
}
