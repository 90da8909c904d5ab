// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates and keys as OpenSSL writes them. */
class TlsFilesTest {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir static Path folder;

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(Files.isExecutable(OPENSSL), "skipped: " + OPENSSL + " is not installed");
        openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=r -keyout rsa.key -out rsa.crt");
        openssl("ecparam -name prime256v1 -genkey -out ec.key");
        openssl("req -x509 -new -key ec.key -days 2 -subj /CN=e -out ec.crt");
        openssl("genpkey -algorithm ed25519 -out ed.key");
        openssl("req -x509 -new -key ed.key -days 2 -subj /CN=d -out ed.crt");
        openssl("rsa -in rsa.key -traditional -out rsa.pkcs1");
        openssl("pkcs8 -topk8 -in ec.key -passout pass:secret -out ec.encrypted");
        openssl("rsa -in rsa.key -aes128 -traditional -passout pass:secret -out rsa.old");
        openssl("pkcs12 -export -in ec.crt -inkey ec.key -passout pass:secret -out ec.p12");
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("ec.key"))
                        + Files.readString(folder.resolve("ec.crt")));
        Files.writeString(folder.resolve("nonsense"), "nonsense");
        Files.writeString(
                folder.resolve("damaged.key"),
                "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt,rsa.key,''",
        "rsa.crt,rsa.pkcs1,''",
        "ec.crt,ec.key,''",
        "ec.crt,ec.encrypted,secret",
        "ed.crt,ed.key,''",
        "both.pem,'',''",
        "ec.p12,'',secret"
    })
    void takesCertificatesAndKeysOfEveryForm(String certificate, String key, String password)
            throws Exception {
        TlsFiles files = files(certificate, key, password, "");
        assertThat(files.context().getProtocol()).isEqualTo("TLS");
        assertThat(files).hasToString(files.toString().replace("secret", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "absent.crt,rsa.key,'',absent.crt cannot be read: it is not there",
        "rsa.crt,absent.key,'',absent.key cannot be read: it is not there",
        "rsa.crt,'','',rsa.crt holds no private key",
        "rsa.crt,ec.key,'',ec.key is not the key of",
        "ec.crt,ec.encrypted,'',is encrypted: its password must be set",
        "ec.crt,ec.encrypted,wrong,cannot be decrypted: is its password right?",
        "rsa.crt,rsa.old,secret,convert it with openssl pkcs8 -topk8",
        "rsa.crt,damaged.key,'',is a damaged PEM file",
        "ec.p12,'',wrong,is neither a PEM file nor a PKCS#12 file of the password given",
        "nonsense,'','',is neither a PEM file nor a PKCS#12 file"
    })
    void saysWhatIsWrong(String certificate, String key, String password, String message) {
        assertThatThrownBy(() -> files(certificate, key, password, "").context())
                .isInstanceOf(TlsFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void authoritiesAreAFileOfCertificates() throws Exception {
        assertThat(files("", "", "", "ec.crt").context()).isNotNull();
        assertThatThrownBy(() -> files("", "", "", "nonsense").context())
                .hasMessageContaining("is no PEM file with certificates");
    }

    private static TlsFiles files(
            String certificate, String key, String password, String authorities) {
        return new TlsFiles(in(certificate), in(key), password, in(authorities));
    }

    private static String in(String name) {
        return name.isEmpty() ? "" : folder.resolve(name).toString();
    }

    private static void openssl(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(words.split(" ")));
        Process openssl =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("openssl.txt").toFile())
                        .start();
        assertThat(openssl.waitFor()).as(Files.readString(folder.resolve("openssl.txt"))).isZero();
    }
}
