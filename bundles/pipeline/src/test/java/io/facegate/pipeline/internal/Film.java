// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.frame.Frame;
import io.facegate.pipeline.internal.analysis.Fakes;
import io.facegate.testing.SharedData;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * Films made of photographs (public domain, of the dlib examples): people who stand, pass, come
 * nearer or take each other's place before a patterned wall, seen by a camera that may pan, blur,
 * be dark and noisy.
 */
final class Film {
    static final int WIDTH = 640;
    static final int HEIGHT = 360;

    /**
     * A person in the film from frame {@code from} to {@code to}, exclusive, on a straight way. The
     * face is {@code size} pixels wide at first and {@code toSize} at last.
     */
    record Person(
            String picture,
            int from,
            int to,
            double x,
            double y,
            double toX,
            double toY,
            double size,
            double toSize) {
        static Person standing(String picture, int from, int to, double x, double size) {
            return new Person(picture, from, to, x, 180, x, 180, size, size);
        }
    }

    /** Noise of standard deviation 1. */
    private static final double[] GRAIN = grain();

    /** Of 150 x 150 pixels the photographs are, and the face is this wide. */
    private static final double FACE = 124;

    private final String name;
    private final int frames;
    private final List<Person> people = new ArrayList<>();
    private final Map<String, BufferedImage> read = new HashMap<>();
    private double gain = 1;
    private double noise = 2;
    private int blur;
    private double shake;

    Film(String name, int frames) {
        this.name = name;
        this.frames = frames;
    }

    Film with(Person person) {
        people.add(person);
        return this;
    }

    /** How bright, and the standard deviation of the noise, of 255. */
    Film light(double gain, double noise) {
        this.gain = gain;
        this.noise = noise;
        return this;
    }

    /** Pixels over which motion blurs. */
    Film blurred(int pixels) {
        blur = pixels;
        return this;
    }

    /** Pixels by which the camera moves to and fro. */
    Film shaking(double pixels) {
        shake = pixels;
        return this;
    }

    int frames() {
        return frames;
    }

    Frame frame(int i) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        double dx = shake * Math.sin(i / 7.0);
        double dy = shake / 2 * Math.sin(i / 5.0);
        wall(g, dx, dy);
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (Person person : people) {
            if (i >= person.from && i < person.to) {
                draw(g, person, (double) (i - person.from) / (person.to - person.from), dx, dy);
            }
        }
        g.dispose();
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        return Frame.rgb(name, i, Fakes.at(i), WIDTH, HEIGHT, seen(bgr, new Random(i)));
    }

    private static void wall(Graphics2D g, double dx, double dy) {
        for (int y = -40; y < HEIGHT + 40; y += 40) {
            for (int x = -40; x < WIDTH + 40; x += 40) {
                int value = 70 + Math.floorMod(x * 7 + y * 13, 61);
                g.setColor(new Color(value, value, value + 10));
                g.fillRect((int) (x + dx), (int) (y + dy), 40, 40);
            }
        }
    }

    private void draw(Graphics2D g, Person person, double t, double dx, double dy) {
        BufferedImage picture = read.computeIfAbsent(person.picture, Film::read);
        double scale = (person.size + t * (person.toSize - person.size)) / FACE;
        double x = person.x + t * (person.toX - person.x) + dx;
        double y = person.y + t * (person.toY - person.y) + dy;
        g.drawImage(
                picture,
                new AffineTransform(
                        scale,
                        0,
                        0,
                        scale,
                        x - scale * picture.getWidth() / 2,
                        y - scale * picture.getHeight() / 2),
                null);
    }

    private byte[] seen(byte[] bgr, Random random) {
        byte[] rgb = new byte[bgr.length];
        for (int y = 0; y < HEIGHT; y++) {
            int at = random.nextInt(GRAIN.length - WIDTH);
            for (int x = 0; x < WIDTH; x++) {
                double grain = noise * GRAIN[at + x];
                for (int c = 0; c < 3; c++) {
                    int sum = 0;
                    int count = 0;
                    for (int k = Math.max(0, x - blur); k <= Math.min(WIDTH - 1, x + blur); k++) {
                        sum += bgr[3 * (y * WIDTH + k) + 2 - c] & 0xff;
                        count++;
                    }
                    double value = gain * sum / count + grain;
                    rgb[3 * (y * WIDTH + x) + c] = (byte) Math.max(0, Math.min(255, value));
                }
            }
        }
        return rgb;
    }

    private static double[] grain() {
        Random random = new Random(1);
        double[] grain = new double[1 << 16];
        for (int i = 0; i < grain.length; i++) {
            grain[i] = random.nextGaussian();
        }
        return grain;
    }

    private static BufferedImage read(String picture) {
        try {
            return ImageIO.read(SharedData.file("photos/dlib/johns/" + picture).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last photographs of some people, by name. */
    static Map<String, List<FaceDescriptor>> people(List<String> names, int photographs) {
        Map<String, List<FaceDescriptor>> all = SharedData.johns();
        Map<String, List<FaceDescriptor>> some = new LinkedHashMap<>();
        for (String name : names) {
            List<FaceDescriptor> own = all.get(name);
            some.put(name, own.subList(own.size() - photographs, own.size()));
        }
        return some;
    }
}
