// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.model.UpdateStatus;
import io.facegate.api.sighting.LastSeen;
import io.facegate.mqtt.internal.delivery.RetainedStates;
import io.facegate.mqtt.internal.delivery.RetainedStatesView;
import io.facegate.mqtt.internal.discovery.Announced;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;
import io.facegate.mqtt.internal.message.Topics;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class FaceImagesTest {
    private static final UUID ALICE = UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11");
    private static final String TOPIC = "facegate/pi-1/front/face/image";
    private static final String PICTURE = "AQID";

    @TempDir Path folder;
    private Path file;
    private RetainedStates retained;
    private FaceImages images;
    private final Pending home = new Pending();

    @BeforeEach
    void start() {
        file = folder.resolve("mqtt.announced");
        retained = new RetainedStates();
        images =
                new FaceImages(
                        new Topics("facegate", "pi-1"), retained, new Announced(Optional.of(file)));
    }

    @Test
    void thePictureGoesWithItsPerson() {
        show(Optional.of(ALICE));
        assertThat(picture()).isEqualTo(PICTURE);
        images.forget(UUID.randomUUID());
        assertThat(picture()).isEqualTo(PICTURE);
        images.forget(ALICE);
        assertThat(picture()).isEmpty();
        assertThat(RetainedStatesView.isUnsent(retained, TOPIC)).isTrue();
    }

    @Test
    void thePictureOfSomebodyWhoLeftTheGalleryGoes() {
        show(Optional.of(ALICE));
        images.refresh(settings(Pictures.CROP), Optional.of(home), person -> false);
        assertThat(picture()).isEmpty();
    }

    @Test
    void thePictureOfSomebodyWhoIsNotThereIsNotShown() {
        home.next.add(new Home.FacePicture("front", Optional.of(ALICE), new byte[] {1, 2, 3}));
        images.refresh(settings(Pictures.CROP), Optional.of(home), person -> false);
        assertThat(RetainedStatesView.isUnsent(retained, TOPIC)).isFalse();
    }

    @Test
    void picturesGoWithTheirCameraAndWhenTheyAreNotWanted() {
        show(Optional.empty());
        images.forget("front");
        assertThat(picture()).isEmpty();
        show(Optional.empty());
        assertThat(picture()).isEqualTo(PICTURE);
        images.refresh(settings(Pictures.NONE), Optional.of(home), person -> true);
        assertThat(picture()).isEmpty();
    }

    @Test
    void thePictureOfBeforeTheStartIsTakenBack() throws Exception {
        show(Optional.of(ALICE));
        images.sending();
        start();
        assertThat(RetainedStatesView.isUnsent(retained, TOPIC)).isTrue();
        assertThat(picture()).isEmpty();
        images.sent();
        assertThat(Files.readString(file)).as("not acknowledged yet").contains("front");
        RetainedStatesView.allSent(retained);
        images.sent();
        assertThat(Files.readString(file)).doesNotContain("front");
    }

    private void show(Optional<UUID> person) {
        home.next.add(new Home.FacePicture("front", person, new byte[] {1, 2, 3}));
        images.refresh(settings(Pictures.CROP), Optional.of(home), p -> true);
    }

    private String picture() {
        return RetainedStatesView.get(retained, TOPIC);
    }

    private static HomeSettings settings(Pictures pictures) {
        return new HomeSettings(false, 100, false, "", "", pictures, true);
    }

    /** Has pictures to be taken. */
    private static final class Pending implements Home {
        final List<FacePicture> next = new ArrayList<>();

        @Override
        public HomeSettings settings() {
            return HomeSettings.DEFAULT;
        }

        @Override
        public Optional<UpdateStatus> update() {
            return Optional.empty();
        }

        @Override
        public Map<UUID, LastSeen> lastSeen() {
            return Map.of();
        }

        @Override
        public Map<String, String> pipeline() {
            return Map.of();
        }

        @Override
        public List<FacePicture> takePictures() {
            List<FacePicture> taken = List.copyOf(next);
            next.clear();
            return taken;
        }
    }
}
