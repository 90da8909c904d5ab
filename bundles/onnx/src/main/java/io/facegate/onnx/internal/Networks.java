// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

import io.facegate.api.model.ModelData;
import io.facegate.dlib.DlibLibrary;
import io.facegate.model.loader.ModelRefusedException;
import io.facegate.onnxruntime.OnnxRuntimeLibrary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Loads networks, all with the same settings; ONNX Runtime itself with the first. */
final class Networks {
    private final Path cache;
    private final int threads;

    /** How intermediate results are kept. */
    enum Memory {
        /** Always of the same shapes: planned once, kept for the next call. */
        PLANNED,
        /** Of the size of the picture: what is free is given back. */
        BY_SIZE
    }

    /**
     * @param cache folder for ONNX Runtime's native libraries
     * @param threads that share the work of one call, the caller's among them
     */
    Networks(Path cache, int threads) {
        this.cache = cache;
        this.threads = threads;
    }

    /**
     * @throws ModelRefusedException ONNX Runtime cannot load the model, or this machine it
     * @throws IOException model or libraries cannot be read
     */
    Network load(ModelData model, Memory memory) throws ModelRefusedException, IOException {
        OrtEnvironment environment = environment();
        String name = model.info().kind() + " " + model.info().id() + " " + model.info().version();
        try (SessionOptions options = options(memory)) {
            var network =
                    new Network(
                            environment,
                            model.readDirect(),
                            options,
                            name.toLowerCase(Locale.ROOT));
            DlibLibrary.trimMemory(); // reading the file took twice its size
            return network;
        } catch (InferenceException | OrtException e) {
            throw new ModelRefusedException("ONNX Runtime cannot load it: " + e.getMessage(), e);
        }
    }

    private OrtEnvironment environment() throws ModelRefusedException, IOException {
        try {
            return OnnxRuntimeLibrary.load(cache);
        } catch (UnsatisfiedLinkError e) {
            throw new ModelRefusedException("ONNX Runtime cannot be loaded: " + e.getMessage(), e);
        }
    }

    private SessionOptions options(Memory memory) throws OrtException {
        var options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // threads that spin while they wait take the cores from cameras and detectors
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (memory == Memory.BY_SIZE) {
                options.setMemoryPatternOptimization(false);
            }
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }
}
