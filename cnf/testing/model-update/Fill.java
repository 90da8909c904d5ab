// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.encoder.FaceChip;
import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoredEncoding;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Fills the store of a data folder with people whose chips are made from those of another one: each
 * person is one of these faces, stretched, turned, tinted and partly covered in an own way, with
 * five pictures that differ in place and light. The encodings of dlib's ResNet are those of the
 * real faces, moved at random: only the encoder that is updated to looks at these chips. Arguments:
 * data folder, data folder with real faces, number of people.
 */
final class Fill {
    private static final int SIZE = 150;
    private static final int EACH = 5;
    private static final int AT_ONCE = 100;
    /** How far apart people of one face are, and pictures of one person, in each number. */
    private static final double PERSON = 0.04, PICTURE = 0.01;

    /** A face as it is kept. */
    private record Real(FaceChip chip, FaceDescriptor descriptor) {}

    private Fill() {}

    public static void main(String[] arguments) throws Exception {
        List<Real> faces = new ArrayList<>();
        try (SqliteStore real = new SqliteStore(Path.of(arguments[1], "facegate.db"))) {
            real.open();
            for (Person person : real.gallery().people()) {
                for (StoredEncoding one : real.encodings(person.id())) {
                    Optional<FaceChip> chip = real.chip(one.id());
                    chip.ifPresent(c -> faces.add(new Real(c, one.descriptor())));
                }
            }
        }
        int people = Integer.parseInt(arguments[2]);
        try (SqliteStore store = new SqliteStore(Path.of(arguments[0], "facegate.db"))) {
            store.open();
            for (int from = 0; from < people; from += AT_ONCE) {
                List<NewPerson> some = new ArrayList<>();
                for (int i = from; i < Math.min(people, from + AT_ONCE); i++) {
                    some.add(person(i, faces.get(i % faces.size())));
                }
                store.addAll(some);
                if (from % 1000 == 0) {
                    System.out.println(from + " of " + people + " from " + faces.size() + " faces");
                }
            }
        }
    }

    private static NewPerson person(int number, Real face) {
        Random random = new Random(number);
        Look look = new Look(random);
        float[] own = moved(face.descriptor().toArray(), PERSON, random);
        List<NewEncoding> encodings = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            encodings.add(
                    new NewEncoding(
                            new FaceDescriptor(
                                    face.descriptor().model(), moved(own, PICTURE, random)),
                            Optional.of(look.picture(face.chip(), random)),
                            "filled/" + number + "/" + i,
                            ""));
        }
        return new NewPerson(Optional.empty(), "Filled %05d".formatted(number), encodings);
    }

    private static float[] moved(float[] values, double by, Random random) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += (float) (by * random.nextGaussian());
        }
        return result;
    }

    /** What is one person's own of a face. */
    private static final class Look {
        private final boolean mirrored;
        private final double[] map = new double[4];
        private final double[] tint = new double[3];
        private final int[] cover = new int[4];

        Look(Random random) {
            mirrored = random.nextBoolean();
            double angle = (random.nextDouble() - 0.5) * 0.4;
            double wide = 0.8 + 0.4 * random.nextDouble();
            double high = 0.8 + 0.4 * random.nextDouble();
            map[0] = Math.cos(angle) * wide;
            map[1] = -Math.sin(angle) * high;
            map[2] = Math.sin(angle) * wide;
            map[3] = Math.cos(angle) * high;
            for (int c = 0; c < 3; c++) {
                tint[c] = 0.6 + 0.8 * random.nextDouble();
            }
            cover[0] = random.nextInt(SIZE);
            cover[1] = random.nextInt(SIZE);
            cover[2] = 10 + random.nextInt(30);
            cover[3] = random.nextInt(256);
        }

        FaceChip picture(FaceChip face, Random random) {
            double dx = (random.nextDouble() - 0.5) * 6;
            double dy = (random.nextDouble() - 0.5) * 6;
            double light = 0.9 + 0.2 * random.nextDouble();
            byte[] rgb = new byte[3 * SIZE * SIZE];
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double a = x - SIZE / 2.0 + dx;
                    double b = y - SIZE / 2.0 + dy;
                    int sx = inside(map[0] * a + map[1] * b);
                    int sy = inside(map[2] * a + map[3] * b);
                    int from = 3 * (sy * SIZE + (mirrored ? SIZE - 1 - sx : sx));
                    boolean covered =
                            Math.abs(x - cover[0]) < cover[2] && Math.abs(y - cover[1]) < cover[2];
                    for (int c = 0; c < 3; c++) {
                        double value = covered ? cover[3] : face.rgb()[from + c] & 0xff;
                        double shown = value * tint[c] * light;
                        rgb[3 * (y * SIZE + x) + c] =
                                (byte) Math.max(0, Math.min(255, Math.round(shown)));
                    }
                }
            }
            return new FaceChip(SIZE, rgb);
        }

        private static int inside(double from) {
            return (int) Math.max(0, Math.min(SIZE - 1, from + SIZE / 2.0));
        }
    }
}
