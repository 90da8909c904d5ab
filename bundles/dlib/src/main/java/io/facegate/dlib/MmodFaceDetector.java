// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import io.facegate.dlib.internal.MmodDetector;

import java.nio.file.Path;
import java.util.List;

/**
 * dlib's max-margin CNN face detector ({@code mmod_human_face_detector.dat}). Calls from several
 * threads wait for each other. Needs about 180 bytes of memory per pixel searched, which it keeps.
 */
public final class MmodFaceDetector extends NativeObject<MmodDetector> {
    private MmodFaceDetector(MmodDetector detector) {
        super(detector);
    }

    /**
     * @param model a file in dlib's format
     * @throws DlibException no such file, or not this network
     */
    public static MmodFaceDetector load(Path model) {
        String file = model.toString();
        return new MmodFaceDetector(DlibException.translate(() -> new MmodDetector(file)));
    }

    /**
     * @param model the content of such a file; not kept
     * @throws DlibException not this network
     */
    public static MmodFaceDetector load(byte[] model) {
        return new MmodFaceDetector(
                DlibException.translate(() -> new MmodDetector(model, model.length)));
    }

    /**
     * Finds faces; blocks while it computes.
     *
     * @param image any format
     * @param upsample times the picture is doubled before, 0 to 2
     * @param adjustThreshold added to dlib's threshold; negative finds more
     * @return best score first
     * @throws DlibException dlib failed, for instance for want of memory
     * @throws IllegalStateException closed
     */
    public List<Detection> detect(Image image, int upsample, double adjustThreshold) {
        Detections.checkOptions(upsample, adjustThreshold);
        return callInTurn(
                detector ->
                        Detections.of(
                                (values, capacity) ->
                                        detector.detect(
                                                image.pixels(),
                                                image.width(),
                                                image.height(),
                                                image.stride(),
                                                image.format().layout(),
                                                upsample,
                                                adjustThreshold,
                                                values,
                                                capacity)));
    }
}
