// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib.call;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.Landmarks;
import io.facegate.api.frame.Frame;
import io.facegate.dlib.FaceChips;
import io.facegate.dlib.Image;

import java.util.List;

/** dlib's face chips: 150 x 150 pixels, padding 0.25, one by one, as face_recognition cuts them. */
public final class ChipAlignment {
    private ChipAlignment() {}

    /**
     * Cuts out, turns upright and scales faces.
     *
     * @param encoder whose chips they will be, for messages
     * @param faces landmarks in pixels of the frame
     * @return in the order of the faces
     * @throws IllegalStateException dlib failed; the message has its words
     */
    public static List<FaceChip> align(String encoder, Frame frame, List<Landmarks> faces) {
        Image image = DlibCall.image(frame);
        return DlibCall.run(
                        encoder,
                        () ->
                                FaceChips.extract(
                                        image, faces.stream().map(DlibCall::points).toList()))
                .stream()
                .map(rgb -> new FaceChip(FaceChips.SIZE, rgb))
                .toList();
    }

    /**
     * Lets only chips of this alignment pass.
     *
     * @param encoder that takes them, for the message
     * @throws IllegalArgumentException one has another size
     */
    public static void check(String encoder, List<FaceChip> chips) {
        for (FaceChip chip : chips) {
            if (chip.size() != FaceChips.SIZE) {
                throw new IllegalArgumentException(
                        encoder
                                + " takes chips of "
                                + FaceChips.SIZE
                                + " pixels, not of "
                                + chip.size());
            }
        }
    }
}
