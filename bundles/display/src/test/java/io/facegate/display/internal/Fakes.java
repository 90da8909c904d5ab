// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.detector.FaceDetection;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.RecognizedFace;
import io.facegate.api.recognition.StageTimes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

import javax.imageio.ImageIO;

/** The rest of the gateway, small. */
final class Fakes {
    private Fakes() {}

    /** A frame of one colour. */
    static Frame frame(String camera, int width, int height, int rgb) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) (rgb >> 16);
            pixels[i + 1] = (byte) (rgb >> 8);
            pixels[i + 2] = (byte) rgb;
        }
        return Frame.rgb(camera, 0, Instant.now(), width, height, pixels);
    }

    static FrameResult result(Frame frame, RecognizedFace... faces) {
        return new FrameResult(
                frame,
                faces.length == 0 ? Outcome.NO_FACE : Outcome.RECOGNIZED,
                List.of(faces),
                StageTimes.ZERO,
                "");
    }

    static RecognizedFace alice(Box box) {
        return new RecognizedFace(
                new FaceDetection(box, 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Match(
                        Optional.of(UUID.randomUUID()),
                        Optional.of("Alice"),
                        OptionalDouble.of(0.41),
                        1,
                        1,
                        OptionalDouble.empty()),
                Optional.empty());
    }

    static Camera camera(String id, CameraState state, String message) {
        return new Camera() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public String location() {
                return "/dev/video0";
            }

            @Override
            public CameraStatus status() {
                return new CameraStatus(state, message, 0, 0, 0, 0);
            }

            @Override
            public void setEnabled(boolean enabled) {}
        };
    }

    /** Draws with Java2D. */
    static final class Writer implements PictureWriter {
        @Override
        public byte[] encode(Frame frame, PictureFormat format, double quality) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(image(frame), format.name(), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }

        @Override
        public Frame annotate(Frame frame, List<Label> labels) {
            BufferedImage image = image(frame);
            Graphics2D graphics = image.createGraphics();
            for (Label label : labels) {
                Box box = label.box();
                graphics.setColor(label.known() ? Color.GREEN : Color.RED);
                graphics.drawRect(box.left(), box.top(), box.width() - 1, box.height() - 1);
            }
            graphics.dispose();
            return frame(image, frame);
        }

        @Override
        public Frame fit(Frame frame, int maxWidth, int maxHeight) {
            double scale =
                    Math.min(
                            1,
                            Math.min(
                                    (double) maxWidth / frame.width(),
                                    (double) maxHeight / frame.height()));
            if (scale == 1) {
                return frame;
            }
            BufferedImage small =
                    new BufferedImage(
                            (int) (frame.width() * scale),
                            (int) (frame.height() * scale),
                            BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = small.createGraphics();
            graphics.drawImage(image(frame), 0, 0, small.getWidth(), small.getHeight(), null);
            graphics.dispose();
            return frame(small, frame);
        }

        private static BufferedImage image(Frame frame) {
            BufferedImage image =
                    new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
            Canvas canvas = new Canvas(frame.width(), frame.height());
            canvas.draw(frame);
            image.setRGB(0, 0, frame.width(), frame.height(), canvas.pixels(), 0, frame.width());
            return image;
        }

        private static Frame frame(BufferedImage image, Frame like) {
            Canvas canvas = new Canvas(image.getWidth(), image.getHeight());
            image.getRGB(
                    0,
                    0,
                    image.getWidth(),
                    image.getHeight(),
                    canvas.pixels(),
                    0,
                    image.getWidth());
            return canvas.toFrame(like);
        }
    }
}
