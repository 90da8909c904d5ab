// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.Enroller;
import io.facegate.api.store.Person;
import io.facegate.command.internal.fake.FakeEnroller;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class EncodeCommandTest {
    @TempDir private Path dataset;

    private final FakeStore store = new FakeStore();
    private final FakeEnroller enroller = new FakeEnroller(store);
    private final FakeParts parts =
            new FakeParts(
                    store,
                    enroller,
                    new FakeReader(),
                    FakeStages.detector("hog"),
                    FakeStages.landmarks(),
                    FakeStages.encoder());
    private final Terminal terminal = new Terminal(parts);

    @BeforeEach
    void twoPeople() throws IOException {
        picture("Alice/1.jpg", "1 a");
        picture("Alice/more/2.png", "2 b");
        picture("Bob/x.jpg", "1 c");
        picture("Bob/notes.txt", "no picture");
        picture(".git/y.jpg", "1 z");
    }

    private Path picture(String path, String content) throws IOException {
        Path file = dataset.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void folderNamesAreThePeople() {
        assertThat(terminal.run("encode", "--dataset", dataset)).isZero();
        assertThat(store.sources("Alice")).containsExactly("Alice/1.jpg", "Alice/more/2.png");
        assertThat(store.sources("Bob")).containsExactly("Bob/x.jpg");
        assertThat(store.gallery().people()).hasSize(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .contains("3 pictures of 2 people; of several faces the largest is taken")
                .contains("Alice/more/2.png: 2 faces, took the largest")
                .contains("Took 3 pictures (3 faces), 0 unchanged, 0 refused.")
                .contains("The gallery has 2 people with 3 encodings.");
    }

    @Test
    void everyFaceIsTakenOnRequest() {
        assertThat(terminal.run("encode", "-i", dataset, "--faces", "all")).isZero();
        assertThat(store.sources("Alice")).hasSize(3);
        assertThat(terminal.err()).contains("(4 faces)").doesNotContain("largest");
    }

    @Test
    void refusedPicturesAreNamedAndTheRestGoesOn() throws IOException {
        picture("Bob/a.jpg", "0 nobody");
        picture("stray.jpg", "1 s");
        assertThat(terminal.run("encode", "--dataset", dataset)).isEqualTo(1);
        assertThat(terminal.err())
                .contains("refused Bob/a.jpg: no face found; use a picture that shows the face")
                .contains("refused stray.jpg: not in a person's folder")
                .contains("Took 3 pictures (3 faces), 0 unchanged, 2 refused.");
        assertThat(store.sources("Bob")).containsExactly("Bob/x.jpg");
    }

    @Test
    void whatIsNoPictureIsCountedAndNamedOnRequest() throws IOException {
        picture("Bob/clip.MP4", "x");
        picture("readme", "x");
        picture("Bob/.hidden", "x");
        assertThat(terminal.run("encode", "--dataset", dataset)).isZero();
        assertThat(terminal.err())
                .contains(
                        "Passed over 3 files that are no pictures (1 mp4, 1 txt, 1"
                                + " without an ending); --verbose names them.")
                .doesNotContain("clip.MP4");
        terminal.run("encode", "--dataset", dataset, "--verbose");
        assertThat(terminal.err())
                .contains(dataset.resolve("Bob/clip.MP4") + ": no picture by its name, passed over")
                .contains(dataset.resolve("readme") + ": no picture")
                .doesNotContain(".hidden");
    }

    @Test
    void secondRunChangesNothing() {
        terminal.run("encode", "--dataset", dataset);
        assertThat(terminal.run("encode", "--dataset", dataset)).isZero();
        assertThat(terminal.err()).contains("Took 0 pictures (0 faces), 3 unchanged, 0 refused.");
        assertThat(store.gallery().people()).extracting("encodings").containsExactly(2, 1);
    }

    @Test
    void changedPictureReplacesWhatWasMadeOfIt() throws IOException {
        terminal.run("encode", "--dataset", dataset);
        picture("Bob/x.jpg", "1 new");
        assertThat(terminal.run("encode", "--dataset", dataset)).isZero();
        assertThat(store.sources("Bob")).containsExactly("Bob/x.jpg");
        assertThat(store.encodings(FakeStore.id("Bob")).get(0).contentHash()).isEqualTo("1 new");
    }

    @Test
    void changedPictureWithoutFaceKeepsWhatThereWas() throws IOException {
        terminal.run("encode", "--dataset", dataset);
        picture("Bob/x.jpg", "0 bad");
        assertThat(terminal.run("encode", "--dataset", dataset)).isEqualTo(1);
        assertThat(store.encodings(FakeStore.id("Bob")).get(0).contentHash()).isEqualTo("1 c");
    }

    @Test
    void vanishedPeopleStayWithoutPrune() throws IOException {
        terminal.run("encode", "--dataset", dataset);
        Files.delete(dataset.resolve("Bob/x.jpg"));
        assertThat(terminal.run("encode", "--dataset", dataset)).isZero();
        assertThat(store.find("Bob")).isPresent();
    }

    @Test
    void pruneRemovesOnlyWhatCameFromFolders() throws Exception {
        terminal.run("encode", "--dataset", dataset);
        Path single = picture("../single.jpg", "1 single");
        enroller.enrol("Alice", single, "single.jpg", enroller.lastOptions, Enroller.Faces.ALL);
        Files.delete(dataset.resolve("Bob/x.jpg"));
        Files.delete(dataset.resolve("Alice/1.jpg"));
        assertThat(terminal.run("encode", "--dataset", dataset, "--prune")).isZero();
        assertThat(store.find("Bob")).isEmpty();
        assertThat(store.sources("Alice")).containsExactly("Alice/more/2.png", "single.jpg");
        assertThat(terminal.err()).contains("Removed 2 encodings");
    }

    @Test
    void optionsReachTheEnroller() {
        parts.add(FakeStages.detector("cnn"));
        terminal.run(
                "encode",
                "-i",
                dataset,
                "-d",
                "cnn",
                "--upsample",
                "2",
                "--min-face",
                "40",
                "--faces",
                "refuse");
        assertThat(enroller.lastOptions.detectionMethod()).isEqualTo("cnn");
        assertThat(enroller.lastOptions.detection().upsample()).isEqualTo(2);
        assertThat(enroller.lastOptions.detection().minFace()).isEqualTo(40);
        assertThat(enroller.lastFaces).isEqualTo(Enroller.Faces.REFUSE);
    }

    @Test
    void defaultsAreThoseOfTheOriginal() {
        terminal.run("encode", "-i", dataset, "-e", "encodings.pickle");
        assertThat(enroller.lastOptions.detectionMethod()).isEqualTo("hog");
        assertThat(enroller.lastOptions.detection().upsample()).isEqualTo(1);
        assertThat(terminal.err()).contains("-e encodings.pickle: no such file is written");
    }

    @Test
    void wrongOptionsAreUsage() {
        assertThat(terminal.run("encode")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--upsample", "3")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--min-face", "-1")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "-d", "haar")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--faces", "some")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--nothing")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--jobs", "0")).isEqualTo(2);
        assertThat(terminal.run("encode", "-i", dataset, "--jobs", "65")).isEqualTo(2);
        assertThat(enroller.calls).isEmpty();
    }

    @Test
    void missingFolderIsRefused() {
        assertThat(terminal.run("encode", "-i", dataset.resolve("none"))).isEqualTo(1);
        assertThat(terminal.err()).contains("there is no such folder");
    }

    @Test
    void folderOfPicturesWithoutPeopleIsExplained(@TempDir Path flat) throws IOException {
        Files.writeString(flat.resolve("1.jpg"), "1");
        assertThat(terminal.run("encode", "-i", flat)).isEqualTo(1);
        assertThat(terminal.err()).contains("one folder per person");
    }

    @Test
    void doubtfulPicturesAreTakenWithAWarningUnlessStrict() throws IOException {
        picture("Bob/y.jpg", "1 blurred");
        assertThat(terminal.run("encode", "-i", dataset)).isZero();
        assertThat(terminal.err())
                .contains("Bob/y.jpg: blurred: hold still")
                .contains("2 pictures taken with a warning: 1 with other faces, 1 blurred.");
        assertThat(store.sources("Bob")).containsExactly("Bob/x.jpg", "Bob/y.jpg");
        picture("Bob/z.jpg", "1 blurred too");
        assertThat(terminal.run("encode", "-i", dataset, "--strict")).isEqualTo(1);
        assertThat(terminal.err())
                .contains("refused Bob/z.jpg: blurred: hold still")
                .contains("Refused: 1 doubtful.")
                .contains("Took 0 pictures (0 faces), 4 unchanged, 1 refused.");
    }

    @Test
    void refusalsAreCountedByReason() throws IOException {
        picture("Bob/a.jpg", "0 nobody");
        picture("Bob/b.jpg", "0 nobody either");
        picture("stray.jpg", "1 s");
        terminal.run("encode", "--dataset", dataset);
        assertThat(terminal.err())
                .contains("Refused: 1 not in a person's folder, 2 without a face.");
    }

    @Test
    void galleryIsTheSameForAnyNumberOfJobs() throws Exception {
        for (int i = 0; i < 100; i++) {
            picture("P" + i % 7 + "/" + i + ".jpg", i % 9 + " " + i);
        }
        terminal.run("encode", "-i", dataset, "--jobs", "1");
        List<String> alone = store.inOrder();
        store.delete(store.gallery().people().stream().map(Person::name).toList());
        terminal.run("encode", "-i", dataset, "--jobs", "8");
        assertThat(store.inOrder()).isEqualTo(alone).hasSize(91);
    }

    @Test
    void stopEndsBetweenPictures() {
        terminal.stop.stop();
        terminal.run("encode", "-i", dataset);
        assertThat(enroller.calls).isEmpty();
    }
}
