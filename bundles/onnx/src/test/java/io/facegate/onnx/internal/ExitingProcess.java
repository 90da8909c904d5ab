// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.testing.ModelJar;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Ends while threads encode, as a command does whose models are still being tested. */
final class ExitingProcess {
    private static final int ENCODED_FIRST = 4;

    private ExitingProcess() {}

    /**
     * @param args folder for unpacked libraries
     */
    public static void main(String[] args) throws Exception {
        var networks = new Networks(Path.of(args[0]), 1);
        OnnxFaceEncoder encoder = new EncoderLoader(networks, 4).load(ModelJar.resnet("onnx"));
        var chip = new FaceChip(150, new byte[3 * 150 * 150]);
        var encoded = new CountDownLatch(ENCODED_FIRST);
        for (int i = 0; i < 2; i++) {
            var thread =
                    new Thread(
                            () -> {
                                while (true) {
                                    encoder.encode(List.of(chip));
                                    encoded.countDown();
                                }
                            });
            thread.setDaemon(true);
            thread.start();
        }
        encoded.await();
        // more time for the end of ONNX Runtime's own hook than it needs
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    for (int i = 0; i < 20; i++) {
                                        encoder.encode(List.of(chip));
                                    }
                                }));
        System.exit(0);
    }
}
