// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.ChipEncoder;
import io.facegate.dlib.internal.DlibNative;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * dlib's ResNet ({@code dlib_face_recognition_resnet_model_v1.dat}): descriptors whose Euclidean
 * distance is below 0.6 for pictures of the same person. Calls from several threads wait for each
 * other.
 */
public final class ResNetFaceEncoder extends NativeObject<ChipEncoder> {
    /** Values per descriptor. */
    public static final int DIMENSION = DlibNative.DESCRIPTOR_VALUES;

    private ResNetFaceEncoder(ChipEncoder encoder) {
        super(encoder);
    }

    /**
     * @param model a file in dlib's format
     * @throws DlibException no such file, or not this network
     */
    public static ResNetFaceEncoder load(Path model) {
        String file = model.toString();
        return new ResNetFaceEncoder(DlibException.translate(() -> new ChipEncoder(file)));
    }

    /**
     * @param model the content of such a file; not kept
     * @throws DlibException not this network
     */
    public static ResNetFaceEncoder load(byte[] model) {
        return new ResNetFaceEncoder(
                DlibException.translate(() -> new ChipEncoder(model, model.length)));
    }

    /**
     * Encodes chips; blocks while it computes.
     *
     * @param chips from {@link FaceChips}, or {@link FaceChips#BYTES} bytes of RGB each
     * @return {@link #DIMENSION} values per chip, in the order of the chips
     * @throws IllegalStateException closed
     */
    public List<float[]> encode(List<byte[]> chips) {
        byte[] packed = new byte[Math.multiplyExact(chips.size(), FaceChips.BYTES)];
        int to = 0;
        for (byte[] chip : chips) {
            if (chip.length != FaceChips.BYTES) {
                throw new IllegalArgumentException(
                        "a chip has " + FaceChips.BYTES + " bytes, not " + chip.length);
            }
            System.arraycopy(chip, 0, packed, to, chip.length);
            to += chip.length;
        }
        float[] values = new float[chips.size() * DIMENSION];
        callInTurn(
                encoder -> {
                    encoder.encode(packed, chips.size(), values);
                    return null;
                });
        List<float[]> descriptors = new ArrayList<>(chips.size());
        for (int from = 0; from < values.length; from += DIMENSION) {
            descriptors.add(Arrays.copyOfRange(values, from, from + DIMENSION));
        }
        return List.copyOf(descriptors);
    }
}
