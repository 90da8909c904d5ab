// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Machine, system, Java, C library, and whether what is installed belongs together. */
final class VersionCheck implements Check {
    private static final String SUBJECT = "versions";
    private static final int OLDEST_JAVA = 17;
    private static final int NEWEST_TRIED_JAVA = 25;
    private static final Pattern GLIBC = Pattern.compile("glibc (\\d+)\\.(\\d+)");
    private static final int OLDEST_GLIBC_MINOR = 31;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Finding.ok(
                        SUBJECT,
                        "Facegate " + installation.version() + " on " + machine(installation)));
        findings.add(java());
        findings.add(library(installation));
        findings.add(bundles(installation));
        gateway(installation).ifPresent(findings::add);
        return findings;
    }

    private static String machine(Installation installation) {
        String model =
                installation
                        .files()
                        .text("proc/device-tree/model")
                        .map(text -> text.replace("\0", "") + ", ")
                        .orElse("");
        String system =
                installation
                        .files()
                        .text("etc/os-release")
                        .flatMap(
                                text ->
                                        text.lines()
                                                .filter(line -> line.startsWith("PRETTY_NAME="))
                                                .map(line -> line.replaceAll(".*?=|\"", ""))
                                                .findFirst())
                        .orElse("an unknown system");
        return model
                + system
                + ", Linux "
                + System.getProperty("os.version")
                + ", "
                + System.getProperty("os.arch");
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String seen =
                "Java "
                        + System.getProperty("java.version")
                        + ", "
                        + System.getProperty("java.home");
        if (feature < OLDEST_JAVA) {
            return Finding.fault(
                    SUBJECT,
                    seen,
                    "Install Java 17 or newer: sudo apt install default-jre-headless");
        }
        return feature > NEWEST_TRIED_JAVA
                ? Finding.warning(
                        SUBJECT,
                        seen,
                        "Facegate was tried with Java 17, 21 and 25; if something is odd, use one of these")
                : Finding.ok(SUBJECT, seen);
    }

    private static Finding library(Installation installation) {
        String printed =
                installation
                        .programs()
                        .run(Duration.ofSeconds(5), "getconf", "GNU_LIBC_VERSION")
                        .map(Programs.Ended::text)
                        .orElse("");
        Matcher version = GLIBC.matcher(printed);
        if (!version.find()) {
            return Finding.fault(
                    SUBJECT,
                    "the C library is not glibc",
                    "The native libraries need glibc, as in Debian, Ubuntu and Raspberry Pi OS; Alpine's"
                            + " musl will not do");
        }
        boolean old =
                Integer.parseInt(version.group(1)) < 2
                        || Integer.parseInt(version.group(2)) < OLDEST_GLIBC_MINOR;
        return old
                ? Finding.fault(
                        SUBJECT,
                        version.group(),
                        "Install a system with glibc 2.31 or newer (Debian 11 or newer)")
                : Finding.ok(SUBJECT, version.group());
    }

    /** Whether every jar can be opened, and those of Facegate are of one version. */
    private static Finding bundles(Installation installation) throws IOException {
        List<String> damaged = new ArrayList<>();
        List<String> strange = new ArrayList<>();
        int count = 0;
        for (Path jar : jars(installation.home().resolve("bundle"))) {
            count++;
            String name = jar.getFileName().toString();
            if (name.startsWith("io.facegate.")
                    && !name.endsWith("-" + installation.version() + ".jar")) {
                strange.add(name);
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                file.getManifest().getMainAttributes();
            } catch (IOException | RuntimeException e) {
                damaged.add(name);
            }
        }
        if (count == 0 || !damaged.isEmpty()) {
            return Finding.fault(
                    SUBJECT,
                    count == 0
                            ? "no bundles in " + installation.home()
                            : "damaged: " + String.join(", ", damaged),
                    "Install Facegate again: the data folder is not touched. If it comes back, replace the SD card");
        }
        return strange.isEmpty()
                ? Finding.ok(SUBJECT, count + " bundles, all of this version")
                : Finding.warning(
                        SUBJECT,
                        "bundles of other versions: " + String.join(", ", strange),
                        "Install Facegate again, into an empty folder");
    }

    static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static Optional<Finding> gateway(Installation installation) {
        return installation
                .gateway()
                .askJson("status", "--json")
                .map(status -> status.getAsJsonObject("gateway"))
                .map(gateway -> compared(gateway, installation.version()));
    }

    private static Finding compared(JsonObject gateway, String version) {
        String running = gateway.get("version").getAsString();
        return running.equals(version)
                ? Finding.ok(SUBJECT, "the running gateway is of this version")
                : Finding.warning(
                        SUBJECT,
                        "the running gateway is of version " + running,
                        "Restart it, so that it is of the version installed: sudo systemctl restart facegate");
    }
}
