// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An installation whose bundles are to be signed by who makes it: bundles in {@code bundle}, models
 * to update to in {@code models}, and the maker's certificate in {@code conf/maker.pem}.
 */
public final class SignedInstallation {
    /**
     * On the class path of commands besides: the JVM would look at its signature at each start, and
     * leave its classes out of the archive of classes that makes commands start faster.
     */
    private static final String READ_BY_JVM = "slf4j-api-";

    private final Path home;

    private SignedInstallation(Path home) {
        this.home = home;
    }

    static SignedInstallation of(Path home) throws IOException {
        if (!Files.isDirectory(home.resolve("bundle"))
                || !Files.isRegularFile(home.resolve("conf/config.properties"))) {
            throw new IOException(
                    home
                            + " is no installation of Facegate: it has no folder bundle, or no"
                            + " conf/config.properties. Name the folder that an archive unpacks to.");
        }
        return new SignedInstallation(home);
    }

    /** The certificates of an installation's maker: PEM, one after the other. */
    public static Path maker(Path home) {
        return home.resolve("conf/maker.pem");
    }

    /** What is to be signed. */
    List<Path> bundles() throws IOException {
        List<Path> all = new ArrayList<>(jars(home.resolve("bundle")));
        all.removeIf(file -> file.getFileName().toString().startsWith(READ_BY_JVM));
        all.addAll(jars(home.resolve("models")));
        return all;
    }

    /** From now on this one alone; last of all, as nobody is to be trusted for half of it. */
    void makeMaker(X509Certificate certificate) throws IOException {
        Files.writeString(maker(home), Certificates.pem(certificate), StandardCharsets.US_ASCII);
    }

    /** The bundles in a folder, by name; none when it is not there. */
    static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
