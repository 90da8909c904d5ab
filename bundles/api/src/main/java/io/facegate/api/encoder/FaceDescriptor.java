// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.encoder;

import io.facegate.api.model.ModelKey;

import java.util.Arrays;
import java.util.Objects;

/** An embedding of a face and the model it belongs to. Immutable. */
public final class FaceDescriptor {
    private final ModelKey model;
    private final float[] values;

    /**
     * Copies {@code values}.
     *
     * @param model what made it
     * @param values all finite; as many as the model says
     */
    public FaceDescriptor(ModelKey model, float[] values) {
        this.model = Objects.requireNonNull(model, "model");
        this.values = values.clone();
        if (values.length == 0) {
            throw new IllegalArgumentException("empty descriptor");
        }
        for (float v : this.values) {
            if (!Float.isFinite(v)) {
                throw new IllegalArgumentException("descriptor with a value that is not finite");
            }
        }
    }

    /** The model that made it. */
    public ModelKey model() {
        return model;
    }

    /** Number of values. */
    public int dimension() {
        return values.length;
    }

    /** A copy of the values. */
    public float[] toArray() {
        return values.clone();
    }

    /** Copies the values into an array from an offset on. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    /**
     * Euclidean distance (L2), which is what every metric is in the end: descriptors of models that
     * compare directions have the length 1. Computed in double as numpy.linalg.norm does.
     *
     * @throws IllegalArgumentException model or dimension differ
     */
    public double distanceTo(FaceDescriptor other) {
        if (!model.equals(other.model) || values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "descriptors of different models: " + model + " and " + other.model);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double d = (double) values[i] - other.values[i];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FaceDescriptor d
                && model.equals(d.model)
                && Arrays.equals(values, d.values);
    }

    @Override
    public int hashCode() {
        return 31 * model.hashCode() + Arrays.hashCode(values);
    }

    /** Names the model only: values are never to reach a log. */
    @Override
    public String toString() {
        return "FaceDescriptor[" + model.id() + ", " + values.length + "]";
    }
}
