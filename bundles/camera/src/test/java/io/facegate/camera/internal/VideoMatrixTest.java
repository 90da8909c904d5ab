// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.FrameSource;
import io.facegate.api.frame.Frame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** The last frame of every clip of {@code matrix.sh} is what ffmpeg itself makes of it. */
class VideoMatrixTest {
    /** Mean difference of a sample. On x86-64 there is none; other processors round otherwise. */
    private static final double BOUND = 1;

    private final FrameSources sources = new FrameSources("");

    @AfterEach
    void stop() {
        sources.stop();
    }

    @Test
    void framesAreThoseFfmpegMakes() throws Exception {
        Path folder = Path.of(VideoMatrixTest.class.getResource("/videos/matrix").toURI());
        Map<String, Double> differences = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path picture : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                String name = picture.getFileName().toString().replaceAll("\\.png$", "");
                Frame frame = last(folder.resolve(name));
                BufferedImage expected = ImageIO.read(picture.toFile());
                differences.put(name, difference(frame, expected));
            }
        }
        assertThat(differences).hasSize(57);
        differences.values().removeIf(difference -> difference < BOUND);
        assertThat(differences).as("clips that differ").isEmpty();
    }

    private Frame last(Path clip) throws Exception {
        try (FrameSource source = sources.open(clip.toString(), "x")) {
            Frame frame = source.next().orElseThrow();
            for (Optional<Frame> f = source.next(); f.isPresent(); f = source.next()) {
                frame = f.get();
            }
            return frame;
        }
    }

    private static double difference(Frame frame, BufferedImage expected) {
        byte[] rgb = frame.pixels();
        if (frame.width() != expected.getWidth() || frame.height() != expected.getHeight()) {
            return 255;
        }
        long sum = 0;
        for (int i = 0; i < rgb.length; i += 3) {
            int pixel = i / 3;
            int colour = expected.getRGB(pixel % frame.width(), pixel / frame.width());
            for (int c = 0; c < 3; c++) {
                sum += Math.abs((rgb[i + c] & 0xFF) - (colour >> 16 - 8 * c & 0xFF));
            }
        }
        return sum / (double) rgb.length;
    }
}
