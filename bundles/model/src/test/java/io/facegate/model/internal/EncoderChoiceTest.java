// SPDX-License-Identifier: Apache-2.0
package io.facegate.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.model.ModelChoice.Choice;
import io.facegate.api.model.ModelData;
import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class EncoderChoiceTest {
    private static final TrackedModel OLD = model("old", "1.0.0", 'a');
    private static final TrackedModel NEWER = model("newer", "2.0.0", 'b');

    @TempDir Path folder;
    private int changes;

    @Test
    void newestServesUntilOneIsChosenAndThenThatOne() throws Exception {
        EncoderChoice choice = choice(false);
        choice.decide(List.of(OLD), false, false);
        assertThat(choice.served()).contains(key(OLD));
        choice.decide(List.of(OLD), true, false);
        assertThat(choice.choice().inUse()).as("the first is kept").contains(key(OLD));

        EncoderChoice after = choice(true);
        after.decide(List.of(OLD, NEWER), true, true);
        assertThat(after.served()).contains(key(OLD));
        assertThat(after.role(OLD)).isEqualTo(ModelData.IN_USE);
        assertThat(after.role(NEWER)).isEqualTo(ModelData.IDLE);
        after.tryOut(Optional.of(key(NEWER)));
        assertThat(after.role(NEWER)).isEqualTo(ModelData.CANDIDATE);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void gatewaysFirstFramesAreNotLookedAtWithWhatWasFoundFirst() throws Exception {
        EncoderChoice choice = choice(true);
        choice.decide(List.of(OLD), false, false);
        assertThat(choice.served()).as("others may come").isEmpty();
        assertThat(choice.role(OLD)).isEqualTo(ModelData.IDLE);
        choice.decide(List.of(OLD, NEWER), false, false);
        assertThat(choice.served()).isEmpty();
        choice.decide(List.of(OLD, NEWER), true, false);
        assertThat(choice.served()).contains(key(NEWER));
    }

    @Test
    void chosenOneServesFromItsCheckOnAndNoOtherBeforeIt() throws Exception {
        choice(true).use(key(OLD));
        for (boolean gateway : List.of(true, false)) {
            EncoderChoice choice = choice(gateway);
            choice.decide(List.of(NEWER), false, false);
            assertThat(choice.served()).isEmpty();
            assertThat(choice.role(NEWER)).isEqualTo(ModelData.IDLE);
            choice.decide(List.of(NEWER), true, false);
            assertThat(choice.role(NEWER)).isEqualTo(ModelData.IDLE);
            choice.decide(List.of(OLD, NEWER), false, false);
            assertThat(choice.role(OLD)).isEqualTo(ModelData.IN_USE);
            assertThat(choice.role(NEWER)).isEqualTo(ModelData.IDLE);
        }
    }

    @Test
    void choiceSurvivesAndGoesBack() throws Exception {
        choice(true).use(key(OLD));
        choice(true).use(key(NEWER));
        assertThat(choice(true).choice())
                .isEqualTo(new Choice(Optional.of(key(NEWER)), Optional.of(key(OLD)), Set.of()));
        assertThat(choice(true).goBack()).contains(key(OLD));
        assertThat(choice(true).choice())
                .isEqualTo(
                        new Choice(
                                Optional.of(key(OLD)),
                                Optional.of(key(NEWER)),
                                Set.of(key(NEWER))));
        choice(true).use(key(NEWER));
        assertThat(choice(true).choice().declined()).as("asked for again").isEmpty();
    }

    @Test
    void oneThatWasLeftIsNotNewAgain() throws Exception {
        TrackedModel third = model("third", "3.0.0", 'c');
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.use(key(NEWER));
        choice.use(key(third));
        assertThat(choice.choice())
                .isEqualTo(
                        new Choice(
                                Optional.of(key(third)),
                                Optional.of(key(NEWER)),
                                Set.of(key(OLD))));
        choice.use(key(OLD));
        assertThat(choice.choice())
                .isEqualTo(
                        new Choice(
                                Optional.of(key(OLD)),
                                Optional.of(key(third)),
                                Set.of(key(NEWER))));
    }

    @Test
    void oneThatWasPassedOverIsNotTakenAfterwards() throws Exception {
        TrackedModel third = model("third", "3.0.0", 'c');
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.decide(List.of(OLD, NEWER, third), true, true);
        choice.use(key(third));
        assertThat(choice.choice())
                .isEqualTo(
                        new Choice(
                                Optional.of(key(third)),
                                Optional.of(key(OLD)),
                                Set.of(key(NEWER))));
    }

    @Test
    void whoGoesBackIsNotGivenYetAnotherOne() throws Exception {
        TrackedModel third = model("third", "3.0.0", 'c');
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.use(key(NEWER));
        choice.decide(List.of(OLD, NEWER, third), true, true);
        choice.goBack();
        assertThat(choice.choice())
                .isEqualTo(
                        new Choice(
                                Optional.of(key(OLD)),
                                Optional.of(key(NEWER)),
                                Set.of(key(NEWER), key(third))));
    }

    @Test
    void oneBeforeIsTheOneThatServed() throws Exception {
        TrackedModel replaced = model("newer", "2.0.1", 'c');
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.use(key(NEWER));
        choice.decide(List.of(OLD, replaced), true, true);
        choice.use(key(replaced));
        assertThat(choice.choice().previous()).as("that is still there").contains(key(OLD));
        assertThat(choice.choice().declined()).containsExactly(key(NEWER));
    }

    @Test
    void ofSeveralAtTheFirstStartTheOldAreNotOffered() {
        EncoderChoice choice = choice(true);
        choice.decide(List.of(NEWER, OLD), true, true);
        assertThat(choice.choice())
                .isEqualTo(new Choice(Optional.of(key(NEWER)), Optional.empty(), Set.of(key(OLD))));
    }

    @Test
    void ofSeveralWithTheSameVersionTheFirstByNameServes() {
        TrackedModel other = model("other", "1.0.0", 'c');
        EncoderChoice choice = choice(false);
        choice.decide(List.of(OLD, other), false, false);
        assertThat(choice.served()).contains(key(OLD));
        choice.decide(List.of(other, OLD), true, true);
        assertThat(choice.choice())
                .as("the other one may be offered")
                .isEqualTo(new Choice(Optional.of(key(OLD)), Optional.empty(), Set.of()));
    }

    @Test
    void thereIsNothingToGoBackTo() throws Exception {
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        assertThat(choice.goBack()).isEmpty();
        assertThat(choice.choice().inUse()).contains(key(OLD));
    }

    @Test
    void previousServesWhileTheChosenOneIsGone() throws Exception {
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.use(key(NEWER));
        choice.decide(List.of(OLD), true, false);
        assertThat(choice.served()).as("it may still come").isEmpty();
        choice.decide(List.of(OLD), true, true);
        assertThat(choice.served()).contains(key(OLD));
        choice.decide(List.of(OLD, NEWER), true, true);
        assertThat(choice.served()).contains(key(NEWER));
    }

    @Test
    void strangerServesACommandAlone() throws Exception {
        TrackedModel stranger = model("stranger", "3.0.0", 'c');
        choice(true).use(key(OLD));
        EncoderChoice gateway = choice(true);
        gateway.decide(List.of(stranger), true, true);
        assertThat(gateway.served()).as("people are encoded with it first").isEmpty();
        EncoderChoice command = choice(false);
        command.decide(List.of(stranger), true, true);
        assertThat(command.served()).contains(key(stranger));
    }

    @Test
    void sameWeightsInANewVersionAreTheSameEncoder() throws Exception {
        TrackedModel update = model("old", "1.0.1", 'a');
        EncoderChoice choice = choice(true);
        choice.use(key(OLD));
        choice.decide(List.of(OLD, update), true, true);
        assertThat(choice.role(update)).isEqualTo(ModelData.IN_USE);
        assertThat(choice.role(OLD)).isEqualTo(ModelData.IN_USE);
    }

    @Test
    void damagedFileIsNoChoice() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "in-use old\n");
        assertThat(choice(true).choice()).isEqualTo(Choice.NONE);
    }

    @Test
    void whatCannotBeWrittenDoesNotCount() throws Exception {
        Files.createDirectories(file());
        Files.createFile(file().resolve("in the way"));
        EncoderChoice choice = choice(true);
        assertThatThrownBy(() -> choice.use(key(OLD))).isInstanceOf(IOException.class);
        assertThat(choice.choice()).isEqualTo(Choice.NONE);
        assertThat(folder.resolve("data").toFile().list()).containsExactly("encoder.choice");
    }

    private EncoderChoice choice(boolean gateway) {
        return new EncoderChoice(new ChoiceFile(file()), gateway, () -> changes++);
    }

    private Path file() {
        return folder.resolve("data/encoder.choice");
    }

    private static ModelKey key(TrackedModel model) {
        return model.info().key();
    }

    private static TrackedModel model(String id, String version, char weights) {
        String sum = String.valueOf(weights).repeat(64);
        ModelInfo info = new ModelInfo(id, ModelKind.ENCODER, "onnx", version, sum, sum);
        return new TrackedModel(
                new Declaration(info, "", Version.parseVersion(version), "model/x", ""),
                id,
                path -> Optional.empty());
    }
}
