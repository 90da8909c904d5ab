// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.exchange.internal.PickleValues.Tuple;
import io.facegate.exchange.internal.PickledFaces.Face;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** Whom the names of pictures name. */
class PictureNamesTest {
    @Test
    void namesThatAreNoPicturesAreAsTheyAre() throws Exception {
        assertThat(names("Ann", "AC/DC", "J. R. Doe", "0001"))
                .containsExactly("Ann", "AC/DC", "J. R. Doe", "0001");
    }

    @Test
    void severalFoldersAreThePeople() throws Exception {
        assertThat(names("dataset/Ann/1.jpg", "dataset/Zoë/1.JPG", "dataset/Ann/2.png"))
                .containsExactly("Ann", "Zoë", "Ann");
        assertThat(names("C:\\set\\Ann\\1.jpg", "C:\\set\\Bob\\x.webp"))
                .containsExactly("Ann", "Bob");
        assertThat(names("./Ann/1.jpg", "Bob.jpg", "Cid")).containsExactly("Ann", "Bob", "Cid");
    }

    @Test
    void filesOfOneFolderAreThePeople() throws Exception {
        assertThat(names("known/Ann.jpg", "known/Bob.jpeg")).containsExactly("Ann", "Bob");
        assertThat(names("Ann.jpg", "Bob B..png")).containsExactly("Ann", "Bob B.");
        assertThat(names("/home/pi/known/Ann1.jpg", "/home/pi/known/Bob1.jpg"))
                .containsExactly("Ann1", "Bob1");
        assertThat(names("known/Ann2.jpg")).containsExactly("Ann2");
        assertThat(names("known/Ann.jpg", "known/Ann.jpg")).containsExactly("Ann", "Ann");
    }

    @Test
    void numberedPicturesOfOneFolderAreOfOnePersonIfTheFacesAre() throws Exception {
        assertThat(names("set/Ann/IMG_1.jpg", "set/Ann/IMG_2.jpg")).containsExactly("Ann", "Ann");
        assertThat(names("set/Ann/0001.jpg")).containsExactly("Ann");
        // 0.05 in each of 128 numbers: at a distance of 0.57; 0.06: of 0.68
        assertThat(PictureNames.of(faces(0.05, false, "dataset/1.jpg", "dataset/2.jpg")))
                .containsExactly("dataset", "dataset");
        assertThatThrownBy(
                        () -> PictureNames.of(faces(0.06, false, "dataset/1.jpg", "dataset/2.jpg")))
                .isInstanceOf(RefusedFileException.class)
                .hasMessageContaining("'dataset/2.jpg' name nobody");
        assertThatThrownBy(() -> names("1.jpg", "2.jpg")).hasMessageContaining("name nobody");
        assertThatThrownBy(() -> names("./1.jpg", "./2.jpg")).hasMessageContaining("name nobody");
    }

    @Test
    void whatIsSurelyAPathNeedsNoEnding() throws Exception {
        assertThat(PictureNames.of(faces(0, true, "set/Ann/1", "set/Bob/2")))
                .containsExactly("Ann", "Bob");
        assertThatThrownBy(() -> PictureNames.of(faces(0, true, "/", "a/b")))
                .hasMessageContaining("the picture '/' names nobody");
    }

    private static List<String> names(String... names) throws RefusedFileException {
        return PictureNames.of(faces(0, false, names));
    }

    /** Each number of a face is by so much larger than that of the one before. */
    private static PickledFaces faces(double step, boolean isPath, String... names)
            throws RefusedFileException {
        PickledFaces faces = new PickledFaces(names.length, new PickleMemory(1 << 20));
        for (int i = 0; i < names.length; i++) {
            Object[] numbers = new Object[EncodingsPickle.DIMENSION];
            Arrays.fill(numbers, i * step);
            faces.add(new Face(names[i], isPath, new Tuple(numbers), "encodings", i));
        }
        return faces;
    }
}
