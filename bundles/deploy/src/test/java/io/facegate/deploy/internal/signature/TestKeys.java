// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys made by the JDK's keytool, each once for all tests. */
public final class TestKeys {
    private static final char[] PASSWORD = "password".toCharArray();
    private static Path folder;

    private TestKeys() {}

    public static char[] password() {
        return PASSWORD.clone();
    }

    /** A key with a certificate that it issued itself, valid now. */
    public static synchronized Path key(String name) throws Exception {
        return key(name, "-startdate", "-1d", "-validity", "3650");
    }

    /** A key whose certificate was valid for a day, ten years ago. */
    public static synchronized Path expired() throws Exception {
        return key("Expired", "-startdate", "2016/01/01", "-validity", "1");
    }

    /** A key that may issue certificates. */
    public static synchronized Path authority(String name) throws Exception {
        return key(name, "-ext", "bc:c", "-validity", "3650");
    }

    /** A key whose certificate another key issued. */
    public static synchronized Path issued(String name, Path issuer) throws Exception {
        return key(
                name,
                "-signer",
                "facegate",
                "-signerkeypass",
                "password",
                "-validity",
                "3650",
                "-issuer",
                issuer.toString());
    }

    private static Path key(String name, String... options) throws Exception {
        if (folder == null) {
            folder = Files.createTempDirectory("facegate-keys");
            folder.toFile().deleteOnExit();
        }
        Path file = folder.resolve(name + ".p12");
        if (Files.exists(file)) {
            return file;
        }
        List<String> rest = new ArrayList<>(List.of(options));
        String alias = "facegate";
        int issuer = rest.indexOf("-issuer");
        if (issuer >= 0) {
            Files.copy(Path.of(rest.get(issuer + 1)), file);
            rest.subList(issuer, issuer + 2).clear();
            alias = "issued";
        }
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-alias", alias, "-dname", "CN=" + name, "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", "password"));
        command.addAll(rest);
        run(command);
        if (issuer >= 0) {
            run(
                    List.of(
                            "-delete",
                            "-alias",
                            "facegate",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            "password"));
        }
        return file;
    }

    /** The program itself, within this process: starting one for each key takes long. */
    private static void run(List<String> command) throws Exception {
        Class.forName("sun.security.tools.keytool.Main")
                .getMethod("main", String[].class)
                .invoke(null, (Object) command.toArray(String[]::new));
    }

    /** The certificate of a key, in a file. */
    public static Path certificate(Path key) throws Exception {
        Path file = key.resolveSibling(key.getFileName() + ".pem");
        Files.writeString(file, Certificates.pem(KeyFile.open(key, password()).certificate()));
        return file;
    }

    public static String fingerprint(Path key) throws Exception {
        return Certificates.fingerprint(KeyFile.open(key, password()).certificate());
    }
}
