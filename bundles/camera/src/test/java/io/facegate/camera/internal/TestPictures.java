// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import javax.imageio.ImageIO;

/** JPEG pictures of one grey, and a reader for them. */
final class TestPictures implements PictureReader {
    static final int WIDTH = 64;
    static final int HEIGHT = 48;

    static byte[] jpeg(int grey) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    static int grey(Frame frame) {
        return frame.pixels()[3 * (WIDTH * HEIGHT / 2 + WIDTH / 2)] & 0xFF;
    }

    @Override
    public Frame read(Path file, boolean upright) throws PictureException {
        try {
            return read(Files.readAllBytes(file), file.toString(), upright);
        } catch (IOException e) {
            throw new PictureException(file + ": " + e.getMessage());
        }
    }

    @Override
    public Frame read(byte[] file, String name, boolean upright) throws PictureException {
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new PictureException(name + " is truncated: " + e.getMessage());
        }
        if (image == null) {
            throw new PictureException(name + " is no picture");
        }
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int pixel = image.getRGB(i % WIDTH, i / WIDTH);
            rgb[3 * i] = (byte) (pixel >> 16);
            rgb[3 * i + 1] = (byte) (pixel >> 8);
            rgb[3 * i + 2] = (byte) pixel;
        }
        return Frame.rgb(name, 0, Instant.EPOCH, WIDTH, HEIGHT, rgb);
    }

    @Override
    public boolean isPicture(Path file) {
        return file.toString().endsWith(".jpg");
    }
}
