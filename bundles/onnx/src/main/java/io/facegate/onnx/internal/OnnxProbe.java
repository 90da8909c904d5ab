// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import io.facegate.api.encoder.EncoderProbe;
import io.facegate.api.encoder.FaceChip;
import io.facegate.api.model.EncoderInput;
import io.facegate.api.model.EncoderTraits;
import io.facegate.api.model.EncoderTraits.Metric;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelInfo.Terms;
import io.facegate.api.model.ModelKind;
import io.facegate.model.loader.ModelRefusedException;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Tries ONNX files. */
@Component
public final class OnnxProbe implements EncoderProbe {
    /** As many faces as are encoded in one call. */
    private static final int BATCH = 8;

    private final Networks networks;

    @Activate
    public OnnxProbe(BundleContext context) {
        this(new Networks(OnnxEngine.cache(context), OnnxEngine.threads(0)));
    }

    OnnxProbe(Networks networks) {
        this.networks = networks;
    }

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public Result probe(Path file, EncoderInput input, Metric metric, FaceChip chip)
            throws IOException {
        // how many numbers it gives and what they are worth is not known yet
        var traits = new EncoderTraits(1, metric, input, 1, 2);
        var info =
                new ModelInfo(
                        file.getFileName().toString(),
                        ModelKind.ENCODER,
                        "onnx",
                        "0",
                        "",
                        "",
                        traits,
                        Terms.UNSAID);
        long before = residentBytes();
        try (Network network = networks.load(new ModelFile(info, file), Networks.Memory.PLANNED)) {
            var encoder = new OnnxFaceEncoder(info, network, new ChipPixels(input, network, BATCH));
            List<FaceChip> chips = Collections.nCopies(BATCH, chip);
            float[] descriptor = encoder.encode(chips).get(0).toArray();
            long memory = Math.max(0, residentBytes() - before);
            float[] alone = encoder.encode(List.of(chip)).get(0).toArray();
            return new Result(alone.length == descriptor.length ? alone : descriptor, memory);
        } catch (ModelRefusedException | IllegalArgumentException | IllegalStateException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** 0 where Linux does not say. */
    private static long residentBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
        return 0;
    }
}
