// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.StoreException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The faces kept of unknown people, and those that are not a person of the gallery, as PNG. */
final class FacePictures {
    private FacePictures() {}

    /** Where chips are kept. */
    private interface Chips {
        Optional<FaceChip> chip(long face) throws StoreException;
    }

    /** Sends a face; 404 when it is gone. */
    static void send(
            HttpServletRequest request, GatewayServices services, HttpServletResponse response)
            throws IOException {
        String rejected = request.getParameter("rejected");
        String face = rejected == null ? request.getParameter("id") : rejected;
        if (face == null || !face.matches("-?[0-9]{1,18}")) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Optional<Chips> chips =
                rejected == null
                        ? services.unknownPeople().map(people -> people::chip)
                        : services.counterExamples().map(kept -> kept::counterChip);
        Optional<PictureWriter> writer = services.writer();
        Optional<byte[]> png = Optional.empty();
        try {
            if (chips.isPresent() && writer.isPresent()) {
                png = chips.get().chip(Long.parseLong(face)).map(c -> png(c, writer.get()));
            }
        } catch (StaleServiceException e) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        } catch (StoreException e) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
            return;
        }
        if (png.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("image/png");
        response.setContentLength(png.get().length);
        response.getOutputStream().write(png.get());
    }

    private static byte[] png(FaceChip chip, PictureWriter writer) {
        Frame frame = Frame.rgb("face", 0, Instant.EPOCH, chip.size(), chip.size(), chip.rgb());
        return writer.encode(frame, PictureFormat.PNG, 1);
    }
}
