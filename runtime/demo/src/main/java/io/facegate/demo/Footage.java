// SPDX-License-Identifier: Apache-2.0
package io.facegate.demo;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/**
 * Makes the sample footage: slides and zooms of known and unknown people, as a camera at a door
 * might see them. Does nothing when the file is there and was made from the same pictures by the
 * same code.
 */
public final class Footage {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    private static final int FRAMES_PER_SECOND = 20;
    private static final int BITS_PER_SECOND = 1_500_000;

    /** Rises when a change here shall make the footage anew. */
    private static final String EDITION = "1";

    private final Path pictures;
    private final Map<String, BufferedImage> read = new HashMap<>();

    private Footage(Path pictures) {
        this.pictures = pictures;
    }

    /** Arguments: folder of the pictures, file to make. */
    public static void main(String[] args) throws IOException {
        Path pictures = Path.of(args[0]);
        Path file = Path.of(args[1]);
        Path stamp = Path.of(args[1] + ".made-from");
        String inputs = sha256(pictures);
        if (Files.exists(file)
                && Files.exists(stamp)
                && Files.readString(stamp).strip().equals(inputs)) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling("part-" + file.getFileName());
        new Footage(pictures).record(part);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(stamp, inputs + "\n");
        System.out.println("Made " + file + ", " + Files.size(file) / 1024 + " KiB");
    }

    static List<Scene> scenes() {
        return List.of(
                new Scene(1, List.of()),
                new Scene(
                        5, List.of(Shot.passing("john_salley_000179_02159509.jpg", 320, 240, 300))),
                new Scene(
                        5,
                        List.of(Shot.zoom("john_savage_000264_01099001.jpg", 300, 240, 230, 380))),
                new Scene(1.5, List.of()),
                new Scene(
                        6,
                        List.of(Shot.passing("john_shimkus_000390_03227666.jpg", 330, 240, 310))),
                new Scene(
                        6,
                        List.of(
                                Shot.zoom("john_schneider_000302_00925785.jpg", 165, 230, 250, 290),
                                Shot.zoom("john_simm_000288_00470387.jpg", 475, 250, 290, 250))),
                new Scene(
                        6,
                        List.of(
                                new Shot(
                                        "three_men.jpg",
                                        List.of(
                                                new Shot.Key(0, 330, 260, 640),
                                                new Shot.Key(1, 300, 280, 820))))),
                new Scene(1, List.of()),
                new Scene(
                        6,
                        List.of(
                                Shot.passing("john_salley_000197_02159322.jpg", 165, 240, 270),
                                Shot.zoom("john_shimkus_000373_03228153.jpg", 475, 240, 260, 290))),
                new Scene(5, List.of(Shot.passing("john_simm_000310_00470511.jpg", 320, 240, 320))),
                new Scene(
                        5,
                        List.of(Shot.zoom("john_savage_000290_01099090.jpg", 340, 240, 330, 240))),
                new Scene(
                        5,
                        List.of(Shot.passing("john_schneider_000329_00925963.jpg", 300, 240, 300))),
                new Scene(1.5, List.of()));
    }

    private static String sha256(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((EDITION + scenes()).getBytes(StandardCharsets.UTF_8));
            for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void record(Path file) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        try (FFmpegFrameRecorder recorder =
                new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT, 0)) {
            boolean h264 = avcodec_find_encoder_by_name("libopenh264") != null;
            recorder.setFormat("mp4");
            recorder.setVideoCodec(h264 ? AV_CODEC_ID_H264 : AV_CODEC_ID_MPEG4);
            if (h264) {
                recorder.setVideoCodecName("libopenh264");
            }
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(FRAMES_PER_SECOND);
            recorder.setGopSize(FRAMES_PER_SECOND);
            recorder.setVideoBitrate(h264 ? BITS_PER_SECOND : 2 * BITS_PER_SECOND);
            recorder.setOption("movflags", "faststart");
            recorder.start();
            try (Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
                for (Scene scene : scenes()) {
                    int frames = (int) Math.round(scene.seconds() * FRAMES_PER_SECOND);
                    for (int i = 0; i < frames; i++) {
                        put(draw(scene, i / (double) Math.max(1, frames - 1)), frame);
                        recorder.record(frame, avutil.AV_PIX_FMT_BGR24);
                    }
                }
            }
            recorder.stop();
        }
    }

    private static void put(BufferedImage image, Frame frame) {
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        ByteBuffer to = (ByteBuffer) frame.image[0];
        for (int y = 0; y < HEIGHT; y++) {
            to.position(y * frame.imageStride).put(bgr, 3 * y * WIDTH, 3 * WIDTH);
        }
        to.position(0);
    }

    private BufferedImage draw(Scene scene, double part) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        try {
            g.setPaint(
                    new GradientPaint(
                            0, 0, new Color(96, 108, 118), 0, HEIGHT, new Color(58, 62, 70)));
            g.fillRect(0, 0, WIDTH, HEIGHT);
            g.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            for (Shot shot : scene.shots()) {
                BufferedImage picture = picture(shot.picture());
                Shot.Key at = shot.at(part);
                double scale = at.width() / picture.getWidth();
                g.drawImage(
                        picture,
                        new java.awt.geom.AffineTransform(
                                scale,
                                0,
                                0,
                                scale,
                                at.x() - at.width() / 2,
                                at.y() - scale * picture.getHeight() / 2),
                        null);
            }
        } finally {
            g.dispose();
        }
        return image;
    }

    private BufferedImage picture(String name) throws IOException {
        BufferedImage picture = read.get(name);
        if (picture == null) {
            picture = ImageIO.read(pictures.resolve(name).toFile());
            read.put(name, picture);
        }
        return picture;
    }
}
