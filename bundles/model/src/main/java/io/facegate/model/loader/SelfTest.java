// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.loader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facegate.api.frame.Frame;
import io.facegate.api.model.ModelData;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The self-test of a model bundle: {@code expected.json}, an object of one text, {@code picture}
 * (the name of a PNG file of 8-bit RGB beside it), and flat lists of numbers.
 */
public final class SelfTest {
    private static final String EXPECTED = "expected.json";
    private static final Pattern PICTURE = Pattern.compile("\"picture\"\\s*:\\s*\"([^\"]+)\"");

    private final ModelData model;
    private final String expected;

    private SelfTest(ModelData model, String expected) {
        this.model = model;
        this.expected = expected;
    }

    /** Reads the expectations of a model. */
    public static SelfTest of(ModelData model) throws ModelRefusedException, IOException {
        return new SelfTest(model, new String(file(model, EXPECTED), UTF_8));
    }

    /** The picture, RGB24. */
    public Frame picture() throws ModelRefusedException, IOException {
        Matcher name = PICTURE.matcher(expected);
        if (!name.find()) {
            throw new ModelRefusedException("its self-test names no picture");
        }
        byte[] png = file(model, name.group(1));
        BufferedImage image =
                ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
        if (image == null
                || image.getRaster().getNumBands() != 3
                || image.getRaster().getTransferType() != DataBuffer.TYPE_BYTE) {
            throw new ModelRefusedException(
                    "its self-test picture " + name.group(1) + " is no PNG of 8-bit RGB");
        }
        int width = image.getWidth();
        int height = image.getHeight();
        // bands as they are in the file: no colour management
        byte[] rgb = (byte[]) image.getRaster().getDataElements(0, 0, width, height, null);
        return Frame.rgb(name.group(1), 0, Instant.EPOCH, width, height, rgb);
    }

    /** Whether there is a list of the given name. */
    public boolean has(String name) {
        return list(name).find();
    }

    /** A list of numbers of the given name. */
    public double[] numbers(String name) throws ModelRefusedException {
        Matcher list = list(name);
        if (!list.find()) {
            throw new ModelRefusedException("its self-test has no list " + name);
        }
        try {
            return Stream.of(list.group(1).split(","))
                    .map(String::strip)
                    .filter(number -> !number.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new ModelRefusedException(
                    "its self-test has something else than numbers in " + name, e);
        }
    }

    private Matcher list(String name) {
        return Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\\[([^\\[\\]]*)\\]")
                .matcher(expected);
    }

    /** The same as whole numbers. */
    public int[] integers(String name) throws ModelRefusedException {
        double[] numbers = numbers(name);
        int[] integers = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            integers[i] = (int) numbers[i];
        }
        return integers;
    }

    private static byte[] file(ModelData model, String name)
            throws ModelRefusedException, IOException {
        Optional<InputStream> file = model.selfTest(name);
        if (file.isEmpty()) {
            throw new ModelRefusedException("it has no self-test file model/selftest/" + name);
        }
        try (InputStream in = file.get()) {
            return in.readAllBytes();
        }
    }
}
