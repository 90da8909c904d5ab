// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class VersionsTest {
    private static final String NAME = "x.config";

    @TempDir Path data;

    @Test
    void theNewestAndNineBeforeItAreKept() throws Exception {
        Versions versions = new Versions(data);
        assertThat(versions.names()).isEmpty();
        assertThat(versions.of(NAME)).isEmpty();
        for (int i = 1; i <= 13; i++) {
            versions.keep(NAME, "a=I\"" + i + "\"\n");
            versions.keep(NAME, "a=I\"" + i + "\"\n");
        }
        assertThat(versions.names()).containsExactly(NAME);
        assertThat(versions.of(NAME))
                .extracting(Versions.Version::number)
                .containsExactly(4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(versions.newest(NAME).orElseThrow().text()).isEqualTo("a=I\"13\"\n");
    }

    @Test
    void theyAreForTheirOwnerAlone() throws Exception {
        Versions versions = new Versions(data);
        versions.keep(NAME, ".password=\"x\"\n");
        Path file = versions.newest(NAME).orElseThrow().file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }
}
