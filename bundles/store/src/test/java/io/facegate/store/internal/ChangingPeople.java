// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.NewEncoding;
import io.facegate.api.store.NewPerson;
import io.facegate.api.store.StoreException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** People who come in random order and go in another, all of whom follows from a seed. */
final class ChangingPeople {
    private static final int CHIP_PIXELS = 20;

    private final Random random;
    private final List<NewPerson> there = new ArrayList<>();

    ChangingPeople(long seed) {
        random = new Random(seed);
    }

    List<NewPerson> there() {
        return there;
    }

    /** The next people to come, with an encoding each, one of ten with a chip. */
    List<NewPerson> come(int count) {
        List<NewPerson> come = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = text(12 + random.nextInt(30));
            long seed = random.nextLong();
            NewEncoding encoding =
                    new NewEncoding(
                            Faces.descriptor(seed),
                            random.nextInt(10) == 0
                                    ? Optional.of(Faces.chip(seed, CHIP_PIXELS))
                                    : Optional.empty(),
                            "photos/" + name + "/1.jpg",
                            "");
            UUID id = new UUID(random.nextLong(), random.nextLong());
            come.add(new NewPerson(Optional.of(id), name, List.of(encoding)));
        }
        there.addAll(come);
        return come;
    }

    /** The next people to go; they are there no longer. */
    List<NewPerson> go(int count) {
        Collections.shuffle(there, random);
        List<NewPerson> last = there.subList(there.size() - count, there.size());
        List<NewPerson> gone = List.copyOf(last);
        last.clear();
        return gone;
    }

    /** Whatever the store keeps of somebody, as it lies in a file. */
    static void trace(Traces traces, NewPerson person, Sealing sealing) throws StoreException {
        traces.add(person.name());
        traces.add(person.id().orElseThrow());
        for (NewEncoding encoding : person.encodings()) {
            byte[] vector = Columns.bytes(encoding.descriptor());
            traces.add(vector);
            traces.add(sealing.seal(Sealing.Content.ENCODING, vector));
            Optional<byte[]> png = ChipPng.encode(encoding.chip());
            if (png.isPresent()) {
                // Heads and ends of pictures are all alike.
                byte[] chip = png.get();
                traces.add(Arrays.copyOfRange(chip, 60, chip.length - 20));
            }
        }
    }

    private String text(int letters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            text.append(
                    (char)
                            (random.nextInt(4) > 0
                                    ? 'a' + random.nextInt(26)
                                    : 0x4e00 + random.nextInt(5000)));
        }
        return text.toString();
    }
}
