// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.internal;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;

import io.facegate.api.status.StaleServiceException;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network in native memory, with one input. Any number of threads may run it. {@link #close()}
 * marks it closed and returns at once; the memory is freed then, or by the last call still running.
 */
final class Network implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String name;
    private final String input;
    private int calls;
    private boolean closed;

    /**
     * What a network says.
     *
     * @param values all of them, the last dimension varying fastest
     * @param shape the dimensions
     */
    record Output(float[] values, long[] shape) {}

    /** Reads what was found, before it is freed. */
    @FunctionalInterface
    private interface Reader<R> {
        R read(OrtSession.Result result) throws OrtException;
    }

    /** Makes a tensor, which is closed after the call. */
    @FunctionalInterface
    private interface Input {
        OnnxTensor tensor() throws OrtException;
    }

    /**
     * @param model an ONNX file, a direct buffer; not used after this returns
     * @param name for messages
     * @throws InferenceException it cannot be loaded
     */
    Network(OrtEnvironment environment, ByteBuffer model, SessionOptions options, String name) {
        this.environment = environment;
        this.name = name;
        try {
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new InferenceException(e);
        }
        input = session.getInputNames().iterator().next();
    }

    /** Names of what it finds. */
    Set<String> outputs() {
        return session.getOutputNames();
    }

    /** Whether it takes unsigned bytes; fp32 numbers otherwise. */
    boolean takesBytes() {
        return inputInfo().type == OnnxJavaType.UINT8;
    }

    /** Dimensions of what it takes; those that the file leaves open are negative. */
    long[] inputShape() {
        return inputInfo().getShape();
    }

    private TensorInfo inputInfo() {
        try {
            return (TensorInfo) session.getInputInfo().get(input).getInfo();
        } catch (OrtException e) {
            throw new InferenceException(e);
        }
    }

    /** What the model file says of itself. */
    Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new InferenceException(e);
        }
    }

    /**
     * Runs it on fp32 numbers for its first output; blocks.
     *
     * @param values a direct buffer in native order
     * @throws StaleServiceException closed
     * @throws InferenceException it failed, for instance for want of memory
     */
    Output run(FloatBuffer values, long... shape) {
        return run(() -> OnnxTensor.createTensor(environment, values, shape));
    }

    /** The same on unsigned bytes. */
    Output run(ByteBuffer values, long... shape) {
        return run(() -> OnnxTensor.createTensor(environment, values, shape, OnnxJavaType.UINT8));
    }

    /**
     * The same for several outputs.
     *
     * @param names of the outputs
     * @return their values, in the order of the names
     */
    List<float[]> run(List<String> names, FloatBuffer values, long... shape) {
        return run(
                () -> OnnxTensor.createTensor(environment, values, shape),
                result -> {
                    List<float[]> found = new ArrayList<>();
                    for (String output : names) {
                        found.add(values((OnnxTensor) result.get(output).orElseThrow()));
                    }
                    return found;
                });
    }

    private Output run(Input values) {
        return run(
                values,
                result -> {
                    var output = (OnnxTensor) result.get(0);
                    return new Output(values(output), output.getInfo().getShape());
                });
    }

    private static float[] values(OnnxTensor output) {
        FloatBuffer found = output.getFloatBuffer();
        float[] copy = new float[found.remaining()];
        found.get(copy);
        return copy;
    }

    private <R> R run(Input values, Reader<R> reader) {
        enter();
        try (OnnxTensor tensor = values.tensor();
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return reader.read(result);
        } catch (OrtException e) {
            throw new InferenceException(e);
        } finally {
            leave();
        }
    }

    @Override
    public void close() {
        boolean free;
        synchronized (this) {
            free = !closed && calls == 0;
            closed = true;
        }
        if (free) {
            free();
        }
    }

    private synchronized void enter() {
        if (closed) {
            throw new StaleServiceException(name + " was closed");
        }
        calls++;
    }

    private void leave() {
        boolean free;
        synchronized (this) {
            calls--;
            free = closed && calls == 0;
        }
        if (free) {
            free();
        }
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new InferenceException(e);
        }
    }
}
