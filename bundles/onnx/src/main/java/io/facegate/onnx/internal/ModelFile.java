// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model file that is in no bundle: it has no self-test, and nobody is told what became of it.
 *
 * @param info identity
 * @param file its file
 */
record ModelFile(ModelInfo info, Path file) implements ModelData {
    @Override
    public byte[] read() throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public Optional<InputStream> selfTest(String name) {
        return Optional.empty();
    }

    @Override
    public void accepted() {
        // nobody asks
    }

    @Override
    public void refused(String reason) {
        // whoever tries it has the exception
    }
}
