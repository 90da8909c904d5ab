// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.encoder.FaceDescriptor;
import io.facegate.api.model.ModelKey;
import io.facegate.api.recognition.Match;
import io.facegate.api.recognition.Strategy;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.NewEncoding;
import io.facegate.command.internal.fake.FakeFrames;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeReader;
import io.facegate.command.internal.fake.FakeRecognizer;
import io.facegate.command.internal.fake.FakeStages;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.command.internal.fake.TextWriter;
import io.facegate.command.internal.session.SetTolerances;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RecognizeCommandTest {
    @TempDir private Path folder;

    private final FakeRecognizer recognizer =
            new FakeRecognizer()
                    .with(
                            "group.jpg",
                            FakeRecognizer.known("Alice", 0.41234567, 5),
                            FakeRecognizer.unknown(0.71, 90))
                    .with("comma.jpg", FakeRecognizer.known("Doe, \"Jane\"", 0.3, 5))
                    .with("first.jpg", FakeRecognizer.face(Match.NONE, 5))
                    .with("command#1", FakeRecognizer.known("Alice", 0.5, 5))
                    .with(
                            "command#2",
                            FakeRecognizer.known("Bob", 0.25, 5),
                            FakeRecognizer.unknown(0.9, 70));
    private final FakeStore store = new FakeStore();
    private final FakeParts parts =
            new FakeParts(
                    recognizer,
                    store,
                    new FakeReader(),
                    new TextWriter(),
                    new FakeFrames(),
                    FakeStages.detector("hog"),
                    FakeStages.landmarks(),
                    FakeStages.encoder());
    private final Terminal terminal = new Terminal(parts);

    @BeforeEach
    void somebody() {
        store.add("Alice", List.of());
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void textNamesFacesFromLeftToRight() throws IOException {
        Path group = file("group.jpg", "x");
        assertThat(terminal.run("recognize", "--image", group)).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        group
                                + ": 2 faces\n"
                                + "  Alice                    distance 0.412 (66 %)  at 5,10 to 55,60\n"
                                + "  Unknown                  distance 0.710         at 90,10 to 140,60\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void jsonIsOneObjectForEachPicture() throws IOException {
        Path group = file("group.jpg", "x");
        Path nobody = file("nobody.png", "x");
        assertThat(terminal.run("recognize", "--json", "--image", group, nobody)).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        ("{'file':'"
                                        + group
                                        + "','width':200,'height':100,'faces':[{'box':[5,10,55,60],"
                                        + "'name':'Alice','distance':0.41234567,'votes':{'won':3,'of':4}},"
                                        + "{'box':[90,10,140,60],'name':null,'distance':0.71,"
                                        + "'votes':{'won':0,'of':0}}]}\n{'file':'"
                                        + nobody
                                        + "','width':200,'height':100,'faces':[]}\n")
                                .replace('\'', '"'));
    }

    @Test
    void jsonOfAnEmptyGalleryHasNoDistance() throws IOException {
        Path first = file("first.jpg", "x");
        assertThat(terminal.run("recognize", "--json", "--image", first)).isZero();
        assertThat(terminal.out()).contains("\"name\":null,\"distance\":null");
    }

    @Test
    void csvIsWhatFaceRecognitionPrints() throws IOException {
        Path group = file("group.jpg", "x");
        Path nobody = file("nobody.png", "x");
        assertThat(terminal.run("recognize", "--csv", "--image", folder)).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        group
                                + ",Alice\n"
                                + group
                                + ",unknown_person\n"
                                + nobody
                                + ",no_persons_found\n");
    }

    @Test
    void csvShowsDistancesAndQuotesNames() throws IOException {
        file("comma.jpg", "x");
        file("group.jpg", "x");
        terminal.run("recognize", "--csv", "--show-distance", "--image", folder);
        assertThat(terminal.out())
                .isEqualTo(
                        String.join(
                                "\n",
                                folder.resolve("comma.jpg") + ",\"Doe, \"\"Jane\"\"\",0.3",
                                folder.resolve("group.jpg") + ",Alice,0.41234567",
                                folder.resolve("group.jpg") + ",unknown_person,None",
                                ""));
    }

    @Test
    void csvHasTheSurestFaceFirstAndItsWholeDistance() throws IOException {
        recognizer.with(
                "two.jpg",
                FakeRecognizer.known("Left", 0.0001234, 5, 0.3),
                FakeRecognizer.known("Right", 0.0, 90, 1.7));
        Path two = file("two.jpg", "x");
        terminal.run("recognize", "--csv", "--show-distance", "--image", two);
        assertThat(terminal.out()).isEqualTo(two + ",Right,0.0\n" + two + ",Left,0.0001234\n");
    }

    @Test
    void badPictureIsOneLineAndTheOthersGoOn() throws IOException {
        file("a.jpg", "");
        file("group.jpg", "x");
        assertThat(terminal.run("recognize", "--csv", "--image", folder)).isEqualTo(1);
        assertThat(terminal.out().lines()).hasSize(2);
        assertThat(terminal.err().lines())
                .containsExactly("a.jpg: the file is empty", "1 of 2 pictures could not be used.");
    }

    @Test
    void missingPictureIsRefused() {
        assertThat(terminal.run("recognize", "--image", folder.resolve("no.jpg"))).isEqualTo(1);
        assertThat(terminal.err()).contains("no.jpg: there is no such file");
    }

    @Test
    void whatIsNoPictureIsCounted() throws IOException {
        file("group.jpg", "x");
        Path note = file("note.txt", "x");
        assertThat(terminal.run("recognize", "--image", folder)).isZero();
        assertThat(terminal.err())
                .contains("Passed over 1 file that is no picture (1 txt); --verbose");
        terminal.run("recognize", "--verbose", "-i", folder);
        assertThat(terminal.err()).contains(note + ": no picture by its name, passed over");
    }

    @Test
    void folderWithoutPicturesIsRefused() {
        assertThat(terminal.run("recognize", "--image", folder)).isEqualTo(1);
        assertThat(terminal.err()).contains("no picture in this folder");
    }

    @Test
    void brokenStageIsAnError() throws IOException {
        recognizer.broken("the encoder is missing");
        assertThat(terminal.run("recognize", "--image", file("group.jpg", "x"))).isEqualTo(1);
        assertThat(terminal.err()).contains("group.jpg: the encoder is missing");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void annotatedPictureIsWritten() throws IOException {
        Path group = file("group.jpg", "x");
        Path output = folder.resolve("out.png");
        assertThat(terminal.run("recognize", "--image", group, "-o", output)).isZero();
        assertThat(Files.readString(output)).isEqualTo("PNG Alice 0.41:true unknown 0.71:false");
    }

    @Test
    void annotatedFolderKeepsItsShape(@TempDir Path output) throws IOException {
        file("sub/group.jpg", "x");
        file("moving.gif", "x");
        assertThat(terminal.run("recognize", "--image", folder, "--output", output)).isZero();
        assertThat(output.resolve("sub/group.jpg")).content().startsWith("JPEG Alice");
        assertThat(output.resolve("moving.gif.jpg")).exists();
    }

    @Test
    void picturesOfOneNameDoNotOverwriteEachOther(@TempDir Path output) throws IOException {
        Path one = file("one/group.jpg", "x");
        Path two = file("two/group.jpg", "x");
        assertThat(terminal.run("recognize", "--image", one, two, "--output", output)).isEqualTo(1);
        assertThat(terminal.err())
                .contains("group.jpg: cannot be written (another picture of this name");
        assertThat(output.resolve("group.jpg")).exists();
        assertThat(output.toFile().list()).hasSize(1);
    }

    @Test
    void pictureIsNeverOverwrittenByItsOwnAnnotation() throws IOException {
        Path group = file("group.jpg", "x");
        assertThat(terminal.run("recognize", "--image", group, "-o", folder)).isEqualTo(1);
        assertThat(terminal.err()).contains("it is the picture itself");
        assertThat(group).hasContent("x");
    }

    @Test
    void videoIsRecognisedFrameByFrame() throws IOException {
        Path clip = file("clip.mp4", "x");
        assertThat(terminal.run("recognize", "--json", "--video", clip)).isZero();
        assertThat(terminal.out().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        ("{'file':'"
                                        + clip
                                        + "','width':200,'height':100,'frame':0,'time_ms':0,'faces':[]}")
                                .replace('\'', '"'));
        assertThat(terminal.err()).contains("3 frames, 2 with a face");
        assertThat(recognizer.lastOptions.detection().upsample()).isEqualTo(1);
    }

    @Test
    void textOfAVideoHasALineForEachFrameWithAFace() throws IOException {
        Path clip = file("clip.mp4", "x");
        assertThat(terminal.run("recognize", "-i", clip, "-y", "0")).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        clip
                                + " frame 1 (0.040 s): Alice 0.500\n"
                                + clip
                                + " frame 2 (0.080 s): Bob 0.250, Unknown 0.900\n");
    }

    @Test
    void csvOfAVideoHasTheFrame() {
        terminal.run("recognize", "--csv", "--video", "clip.mp4");
        assertThat(terminal.out())
                .isEqualTo(
                        "clip.mp4,0,0,no_persons_found\nclip.mp4,1,40,Alice\n"
                                + "clip.mp4,2,80,Bob\nclip.mp4,2,80,unknown_person\n");
    }

    @Test
    void cameraIsALiveStream() {
        assertThat(terminal.run("recognize", "--camera", "0")).isZero();
        assertThat(recognizer.lastOptions.detection().upsample()).isZero();
    }

    @Test
    void videoThatCannotBeOpenedIsRefused() {
        assertThat(terminal.run("recognize", "--video", "missing.mp4")).isEqualTo(1);
        assertThat(terminal.err()).contains("missing.mp4: there is no such file");
    }

    @Test
    void failingFramesSayItOnce() {
        recognizer.broken("the encoder failed");
        assertThat(terminal.run("recognize", "--video", "clip.mp4")).isEqualTo(1);
        assertThat(terminal.err().lines().filter(line -> line.contains("the encoder failed")))
                .hasSize(1);
    }

    @Test
    void optionsReachTheRecognizer() throws IOException {
        terminal.run(
                "recognize",
                "--image",
                file("group.jpg", "x"),
                "--strategy",
                "knn",
                "--k",
                "5",
                "--tolerance",
                "0.5",
                "--upsample",
                "0",
                "--min-face",
                "30",
                "--grey");
        assertThat(recognizer.lastOptions.strategy()).isEqualTo(Strategy.KNN);
        assertThat(recognizer.lastOptions.k()).isEqualTo(5);
        assertThat(recognizer.lastOptions.tolerances().of(FakeStages.encoder().model()))
                .isEqualTo(0.5);
        assertThat(recognizer.lastOptions.detection().upsample()).isZero();
        assertThat(recognizer.lastOptions.detection().minFace()).isEqualTo(30);
        assertThat(recognizer.lastOptions.detection().grey()).isTrue();
    }

    @Test
    void toleranceIsTheGatewaysUnlessGiven() throws IOException {
        Path group = file("group.jpg", "x");
        assertThat(terminal.run("recognize", "--image", group)).isZero();
        assertThat(recognizer.lastOptions.tolerances().of(FakeStages.encoder().model()))
                .isEqualTo(0.6);
        assertThat(terminal.err()).doesNotContain("olerance");
        parts.tolerances = SetTolerances.configured(Map.of("tolerance", 0.6), Optional.empty());
        assertThat(terminal.run("recognize", "--image", group)).isZero();
        assertThat(terminal.err()).as("what was to be expected").doesNotContain("olerance");
        parts.tolerances = SetTolerances.configured(Map.of("tolerance", 0.5), Optional.empty());
        assertThat(terminal.run("recognize", "--image", group)).isZero();
        assertThat(recognizer.lastOptions.tolerances().of(FakeStages.encoder().model()))
                .isEqualTo(0.5);
        assertThat(terminal.err())
                .contains("Tolerance 0.5 (as the gateway: configuration io.facegate.pipeline).");
        assertThat(terminal.run("recognize", "--image", group, "--tolerance", "0.6")).isZero();
        assertThat(recognizer.lastOptions.tolerances().of(FakeStages.encoder().model()))
                .isEqualTo(0.6);
    }

    @Test
    void wrongOptionsAreUsage() throws IOException {
        Path group = file("group.jpg", "x");
        assertThat(terminal.run("recognize")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--video", "v")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--json", "--csv")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--tolerance", "0")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--tolerance", "x")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--strategy", "s")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--k", "0")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--show-distance")).isEqualTo(2);
        assertThat(terminal.run("recognize", "--image", group, "--delay", "-1")).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aGalleryThatCannotBeReadIsNoEmptyOne() throws Exception {
        store.delete(List.of("Alice"));
        ConditionSource source =
                () -> List.of(new Condition("store", Condition.Level.FAILED, "disk is full"));
        parts.add(source);
        assertThat(terminal.run("recognize", "--image", file("group.jpg", "x"))).isEqualTo(1);
        assertThat(terminal.err()).contains("The gallery cannot be used: disk is full");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void peopleOfAnotherModelAreMentioned() throws Exception {
        ModelKey other = new ModelKey("other", "cd".repeat(32));
        store.add(
                "Bob",
                List.of(
                        new NewEncoding(
                                new FaceDescriptor(other, new float[1]),
                                Optional.empty(),
                                "b.jpg",
                                "")));
        terminal.run("recognize", "--image", file("group.jpg", "x"));
        assertThat(terminal.err()).contains("1 of 2 people are not encoded with");
    }

    @Test
    void emptyGalleryIsMentioned() throws Exception {
        store.delete(List.of("Alice"));
        terminal.run("recognize", "--image", file("group.jpg", "x"));
        assertThat(terminal.err()).contains("The gallery is empty");
    }
}
