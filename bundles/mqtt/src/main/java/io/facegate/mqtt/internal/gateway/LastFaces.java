// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.gateway;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.mqtt.internal.gateway.Home.FacePicture;
import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest face of each camera, until its picture is made. Thread-safe. */
public final class LastFaces {
    /** Around the face on every side, in widths of it. */
    private static final double AROUND = 0.6;

    private static final int CROP_WIDTH = 640;
    private static final int FRAME_WIDTH = 1280;
    private static final double QUALITY = 0.85;

    private final Map<String, Frame> frames = new HashMap<>();
    private final Map<String, Face> faces = new HashMap<>();

    private record Face(Frame frame, Box box, Optional<UUID> person) {}

    /** The newest frame of a camera; before its events. */
    public synchronized void frame(Frame frame) {
        frames.put(frame.sourceId(), frame);
    }

    /** News of a track: what its last frame shows is the camera's last face. */
    public synchronized void event(RecognitionEvent event) {
        Frame frame = frames.get(event.camera());
        if (frame != null && event.type() != RecognitionEvent.Type.END) {
            faces.put(event.camera(), new Face(frame, in(frame, event), event.match().personId()));
        }
    }

    /** Frames may be smaller than what the camera sends, which events speak of. */
    private static Box in(Frame frame, RecognitionEvent event) {
        double x = (double) frame.width() / event.frameWidth();
        double y = (double) frame.height() / event.frameHeight();
        Box box = event.box();
        return new Box(
                (int) Math.floor(box.left() * x),
                (int) Math.floor(box.top() * y),
                (int) Math.ceil(box.right() * x),
                (int) Math.ceil(box.bottom() * y));
    }

    /** Makes the pictures of those that are new. */
    public List<FacePicture> take(PictureWriter writer, Pictures what) {
        Map<String, Face> taken;
        synchronized (this) {
            taken = Map.copyOf(faces);
            faces.clear();
        }
        List<FacePicture> pictures = new ArrayList<>();
        taken.forEach(
                (camera, face) -> {
                    Frame shown =
                            what == Pictures.FRAME
                                    ? writer.fit(face.frame(), FRAME_WIDTH, FRAME_WIDTH)
                                    : writer.fit(
                                            crop(face.frame(), face.box()), CROP_WIDTH, CROP_WIDTH);
                    pictures.add(
                            new FacePicture(
                                    camera,
                                    face.person(),
                                    writer.encode(shown, PictureFormat.JPEG, QUALITY)));
                });
        return pictures;
    }

    /** The face with its surroundings, as far as the frame has them. */
    static Frame crop(Frame frame, Box box) {
        int around = (int) Math.round(AROUND * Math.max(box.width(), box.height()));
        int left = Math.max(0, Math.min(box.left() - around, frame.width() - 1));
        int top = Math.max(0, Math.min(box.top() - around, frame.height() - 1));
        int right = Math.max(left + 1, Math.min(box.right() + around, frame.width()));
        int bottom = Math.max(top + 1, Math.min(box.bottom() + around, frame.height()));
        PixelFormat format = frame.format();
        int row = (right - left) * format.bytesPerPixel();
        byte[] pixels = new byte[row * (bottom - top)];
        for (int y = top; y < bottom; y++) {
            System.arraycopy(
                    frame.pixels(),
                    y * frame.stride() + left * format.bytesPerPixel(),
                    pixels,
                    (y - top) * row,
                    row);
        }
        return new Frame(
                frame.sourceId(),
                frame.sequence(),
                frame.captured(),
                format,
                right - left,
                bottom - top,
                row,
                pixels);
    }
}
