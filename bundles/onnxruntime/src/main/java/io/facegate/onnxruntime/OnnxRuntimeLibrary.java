// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/**
 * Loads ONNX Runtime from a folder that keeps its 28 MB from start to start. ONNX Runtime by itself
 * would unpack them into a temporary folder at every start.
 */
public final class OnnxRuntimeLibrary {
    /** Where ONNX Runtime looks for its libraries, by its own documentation. */
    private static final String NATIVE_PATH = "onnxruntime.native.path";

    /** Folders that class loaders of this process have loaded from: one file, one class loader. */
    private static final String LOADED = "facegate.onnxruntime.loaded:";

    private static final List<String> LIBRARIES =
            List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

    private static OrtEnvironment environment;

    private OnnxRuntimeLibrary() {}

    /**
     * Loads the native libraries unless this class loader has them.
     *
     * @param cache folder for the unpacked libraries, made when missing; may be shared by processes
     * @return the environment, one for each process; it needs no close
     * @throws IOException they cannot be unpacked
     * @throws LinkageError this machine cannot load them
     */
    public static synchronized OrtEnvironment load(Path cache) throws IOException {
        if (environment == null) {
            ProcessorDescription.check();
            Telemetry.check();
            Path folder = unpacked(cache.toAbsolutePath());
            String mark = LOADED + folder.toRealPath();
            if (System.setProperty(mark, "") == null) {
                environment = loadFrom(folder);
            } else {
                environment = loadFromCopy(folder);
            }
        }
        return environment;
    }

    private static OrtEnvironment loadFrom(Path folder) {
        String before = System.setProperty(NATIVE_PATH, folder.toString());
        try {
            OrtEnvironment loaded =
                    OrtEnvironment.getEnvironment(
                            OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "facegate");
            keepUntilTheEnd();
            return loaded;
        } finally {
            if (before == null) {
                System.clearProperty(NATIVE_PATH);
            } else {
                System.setProperty(NATIVE_PATH, before);
            }
        }
    }

    /**
     * ONNX Runtime's Java part gives its reference to the native environment back in a shutdown
     * hook, which does not wait for those who compute: the process would crash instead of ending. A
     * second reference, which nobody gives back, keeps the environment. It is had by the method the
     * first one came from; there is no public one.
     */
    private static void keepUntilTheEnd() {
        try {
            Field api =
                    Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method create =
                    OrtEnvironment.class.getDeclaredMethod(
                            "createHandle", long.class, int.class, String.class);
            create.setAccessible(true);
            create.invoke(
                    null,
                    api.getLong(null),
                    OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
                    "facegate");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this is not the ONNX Runtime this bundle was made for", e);
        }
    }

    /** After a refresh of this bundle: the class loader before may not be collected yet. */
    private static OrtEnvironment loadFromCopy(Path folder) throws IOException {
        Path copies = Files.createTempDirectory(folder, "again");
        try {
            for (String library : LIBRARIES) {
                Files.copy(folder.resolve(library), copies.resolve(library));
            }
            return loadFrom(copies);
        } finally {
            for (String library : LIBRARIES) {
                Files.deleteIfExists(copies.resolve(library)); // what is loaded stays mapped
            }
            Files.delete(copies);
        }
    }

    private static Path unpacked(Path cache) throws IOException {
        Path folder = cache.resolve("onnxruntime-" + version());
        if (!Files.isDirectory(folder)) {
            deleteOthers(cache);
        }
        Files.createDirectories(folder);
        for (String library : LIBRARIES) {
            unpack(library, folder.resolve(library));
        }
        return folder;
    }

    /** A file of the right size is whole: it gets its name when it is on the disk. */
    private static void unpack(String library, Path file) throws IOException {
        URL packed = packed(library);
        var connection = packed.openConnection();
        if (Files.exists(file) && Files.size(file) == connection.getContentLengthLong()) {
            connection.getInputStream().close();
            return;
        }
        Path part = Files.createTempFile(file.getParent(), library, ".part");
        try (InputStream in = connection.getInputStream();
                FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static URL packed(String library) throws FileNotFoundException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        String path = "/ai/onnxruntime/native/linux-" + architecture + "/" + library;
        URL url = OnnxRuntimeLibrary.class.getResource(path);
        if (url == null) {
            throw new FileNotFoundException("no " + path + " in this bundle: it is for another");
        }
        return url;
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (InputStream in = OnnxRuntimeLibrary.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    /** Libraries of other versions; whoever runs with them has them mapped. */
    private static void deleteOthers(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache, "onnxruntime-*")) {
            for (Path folder : folders) {
                for (String library : LIBRARIES) {
                    Files.deleteIfExists(folder.resolve(library));
                }
            }
        }
    }
}
