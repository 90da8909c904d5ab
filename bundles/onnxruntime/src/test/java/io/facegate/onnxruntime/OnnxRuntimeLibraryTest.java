// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** With class loaders of their own, as bundles have them. */
class OnnxRuntimeLibraryTest {
    @TempDir Path folder;

    @Test
    void librariesAreUnpackedOnceAndServeEveryClassLoader() throws Exception {
        load();
        List<Path> files = files();
        assertThat(files)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("libonnxruntime.so", "libonnxruntime4j_jni.so");
        var written = Files.getLastModifiedTime(files.get(0));
        load(); // as after an update of the bundle
        assertThat(files()).isEqualTo(files);
        assertThat(Files.getLastModifiedTime(files.get(0))).isEqualTo(written);
    }

    @Test
    void halfWrittenLibraryIsUnpackedAnew() throws Exception {
        load();
        Path library = files().get(0);
        long size = Files.size(library);
        Path version = library.getParent();
        Files.delete(library);
        Files.write(library, new byte[100]);
        load();
        assertThat(files().get(0)).isEqualTo(version.resolve(library.getFileName()));
        assertThat(Files.size(library)).isEqualTo(size);
    }

    @Test
    void otherVersionsMakeRoom() throws Exception {
        Path old = folder.resolve("onnxruntime-1.0.0");
        Files.createDirectories(old);
        Files.write(old.resolve("libonnxruntime.so"), new byte[100]);
        load();
        assertThat(old).isEmptyDirectory();
    }

    @Test
    void folderThatCannotBeWrittenIsAnError() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> load(file))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining(file.toString());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void load() throws Exception {
        load(folder);
    }

    private static void load(Path cache) throws Exception {
        URL[] path = {
            OnnxRuntimeLibrary.class.getProtectionDomain().getCodeSource().getLocation(),
            Class.forName("ai.onnxruntime.OrtEnvironment", false, own())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
        };
        var loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        Object environment =
                loader.loadClass(OnnxRuntimeLibrary.class.getName())
                        .getMethod("load", Path.class)
                        .invoke(null, cache);
        assertThat(environment.getClass().getMethod("getVersion").invoke(environment))
                .asString()
                .matches("\\d+\\.\\d+\\.\\d+.*");
    }

    private static ClassLoader own() {
        return OnnxRuntimeLibraryTest.class.getClassLoader();
    }
}
