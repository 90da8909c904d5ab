// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnxruntime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of the processor. On ARM, ONNX Runtime reads the maker of each core there while
 * it is loaded, and takes the whole process with it when there is none: so in containers that an
 * emulator runs which shows the description of the machine beneath.
 */
final class ProcessorDescription {
    private static final Path FILE = Path.of("/proc/cpuinfo");
    private static final String MAKER = "CPU implementer";

    private ProcessorDescription() {}

    /**
     * @throws LinkageError ONNX Runtime would not survive being loaded here
     */
    static void check() {
        check(System.getProperty("os.arch", ""), FILE);
    }

    static void check(String architecture, Path file) {
        if (architecture.equals("aarch64") && !tellsMaker(file)) {
            throw new UnsatisfiedLinkError(
                    file
                            + " does not describe an ARM processor (it has no line '"
                            + MAKER
                            + "'), without which ONNX Runtime would end this process. Emulators"
                            + " such as qemu before 8.2 leave it out: use a newer one, or mount"
                            + " the file of a Raspberry Pi over it ('mount --bind'). Until then"
                            + " the same models run in dlib.");
        }
    }

    private static boolean tellsMaker(Path file) {
        // the bytes as they are: models have names in any encoding
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.startsWith(MAKER));
        } catch (IOException e) {
            return false;
        }
    }
}
