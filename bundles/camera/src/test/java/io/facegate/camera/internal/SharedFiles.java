// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference data beside the project; tests are skipped where it is not. */
final class SharedFiles {
    private SharedFiles() {}

    static Path folder() {
        String set = System.getenv("FACEGATE_SHARED");
        Path folder = set != null ? Path.of(set) : Path.of("../../../shared").toAbsolutePath();
        assumeTrue(Files.isDirectory(folder), () -> "no reference data in " + folder);
        return folder.normalize();
    }

    static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
