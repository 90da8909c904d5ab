// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import io.facegate.api.encoder.EncoderProbe;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKind;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import javax.imageio.ImageIO;

/** Makes the bundle of an encoder of one's own. */
final class ModelPack {
    private static final String CHIP = "chip.png";

    private final Session session;

    ModelPack(Session session) {
        this.session = session;
    }

    int pack(PackArguments arguments) throws MissingPartException, IOException {
        arguments.check();
        Path file = session.path(arguments.onnx());
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file " + arguments.onnx() + ".");
        }
        EncoderProbe probe = session.require(EncoderProbe.class);
        byte[] chip =
                session.await(this::chip, session.patience())
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "No encoder with a face for the self-test is"
                                                        + " installed: facegate model list shows"
                                                        + " those that are."));
        EncoderProbe.Result tried =
                probe.probe(file, arguments.input(), arguments.metric(), face(chip));
        var packed =
                new PackedEncoder(
                        arguments.id(),
                        arguments.version(),
                        Files.readAllBytes(file),
                        new EncoderTraits(
                                tried.descriptor().length,
                                arguments.metric(),
                                arguments.input(),
                                arguments.tolerance(),
                                arguments.unlike()),
                        new ModelInfo.Terms(arguments.licence(), tried.memory()));
        Path jar = session.path(arguments.output());
        packed.write(jar, chip, tried.descriptor());
        session.out()
                .println(
                        String.format(
                                Locale.ROOT,
                                "Wrote %s: %s, %d numbers, tolerance %.3f, about %d MB of memory."
                                        + " Copy it into the folder load of the data folder to try"
                                        + " it; facegate model status tells how far it is.",
                                arguments.output(),
                                arguments.id(),
                                tried.descriptor().length,
                                arguments.tolerance(),
                                (tried.memory() >> 20) + 1));
        return ExitCode.DONE;
    }

    /** The face of the self-test of an encoder that is installed. */
    private Optional<byte[]> chip() {
        for (ModelData model : session.parts().all(ModelData.class)) {
            if (model.info().kind() == ModelKind.ENCODER) {
                try {
                    Optional<InputStream> found = model.selfTest(CHIP);
                    if (found.isPresent()) {
                        try (InputStream in = found.get()) {
                            return Optional.of(in.readAllBytes());
                        }
                    }
                } catch (IOException e) {
                    session.say(model.info().id() + ": " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    private static FaceChip face(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int size = image.getWidth();
        byte[] rgb = (byte[]) image.getRaster().getDataElements(0, 0, size, size, null);
        return new FaceChip(size, rgb);
    }
}
