// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonObject;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.FrameSourceFactory;
import io.facegate.api.frame.Frame;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Frames of one source, as fast as they are decoded. */
final class DecodeCalls {
    private final Services services;
    private FrameSource source;

    DecodeCalls(Services services) {
        this.services = services;
    }

    /** {@code location}; what was open is closed. */
    JsonObject open(JsonObject request) throws FrameSourceException {
        close();
        source =
                services.await(FrameSourceFactory.class)
                        .open(request.get("location").getAsString(), "decoded");
        return new JsonObject();
    }

    /** {@code frames, digest}: how many came, and if asked the MD5 sum of all their pixels. */
    JsonObject read(JsonObject request) throws FrameSourceException, NoSuchAlgorithmException {
        int wanted = request.get("frames").getAsInt();
        boolean summed = request.get("digest").getAsBoolean();
        MessageDigest sum = MessageDigest.getInstance("MD5");
        int count = 0;
        while (count < wanted) {
            Optional<Frame> frame = source.next();
            if (frame.isEmpty()) {
                break;
            }
            count++;
            if (summed) {
                sum.update(frame.get().pixels());
            }
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("frames", count);
        if (summed) {
            answer.addProperty("digest", HexFormat.of().formatHex(sum.digest()));
        }
        return answer;
    }

    /** Closes what is open. */
    JsonObject close() {
        if (source != null) {
            source.close();
            source = null;
        }
        return new JsonObject();
    }
}
