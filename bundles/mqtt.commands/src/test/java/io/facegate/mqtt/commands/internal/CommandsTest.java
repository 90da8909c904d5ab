// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.camera.CameraState;
import io.facegate.api.erasure.ErasedPart;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** What messages make the gateway do, and how they are answered. */
class CommandsTest {
    private static final Person ALICE =
            new Person(
                    UUID.fromString("0b5e7d64-53a1-4f0c-9c8b-0e2b7f1c9a11"),
                    "Alice",
                    Instant.EPOCH,
                    1);

    private final Fakes gateway = new Fakes();
    private final Commands commands = gateway.commands();

    @AfterEach
    void stop() {
        commands.stop();
    }

    @Test
    void switchesTurnCameraAndRecognitionOffWithoutAnAnswer() {
        commands.obey("front/enabled/set", "OFF", gateway);
        commands.obey("front/recognize/set", " off\n", gateway);
        assertThat(gateway.state).isEqualTo(CameraState.DISABLED);
        assertThat(gateway.recognizing).isFalse();
        assertThat(gateway.silent()).isTrue();
    }

    @Test
    void wrongSwitchesAreErrors() throws Exception {
        commands.obey("front/enabled/set", "perhaps", gateway);
        assertThat(gateway.next()).startsWith("errors bad_request ").contains("takes ON or OFF");
        commands.obey("nowhere/enabled/set", "ON", gateway);
        assertThat(gateway.next()).isEqualTo("errors unknown_camera there is no camera nowhere");
        commands.obey("model/set", "rollback", gateway);
        assertThat(gateway.next()).startsWith("errors unavailable ");
    }

    @Test
    void commandsAreAnsweredUnderTheirRequestId() throws Exception {
        gateway.conditions = List.of(new Condition("encoder", Level.OK, "fine"));
        commands.obey("cmd/status", "{\"request_id\":\"a1\"}", gateway);
        assertThat(gateway.next())
                .startsWith("reply/a1 ")
                .contains("\"ok\":true", "\"part\":\"encoder\"");
        commands.obey("cmd/dance", "{\"request_id\":\"a2\"}", gateway);
        assertThat(gateway.next())
                .startsWith("reply/a2 ")
                .contains("unknown_command", "erase, forget_unknown");
        commands.obey("cmd/status", "no json", gateway);
        assertThat(gateway.next()).startsWith("reply/none ").contains("bad_request");
        commands.obey("cmd/people", "{\"request_id\":\"a3\"}", gateway);
        assertThat(gateway.next()).contains("the bundle store is not running");
    }

    @Test
    void anErasureIsAnsweredWithoutTheName() throws Exception {
        gateway.put(
                Eraser.class,
                names -> {
                    if (!names.equals(List.of("Alice"))) {
                        throw new StoreException("nobody is called that");
                    }
                    ErasedPart part = new ErasedPart("retained topics", 2, "");
                    return List.of(new ErasureReceipt(ALICE, Instant.EPOCH, List.of(part)));
                });
        commands.obey("cmd/erase", "{\"request_id\":\"1\",\"name\":\"Alice\"}", gateway);
        assertThat(gateway.next())
                .startsWith("reply/1 ")
                .contains("\"ok\":true", "\"complete\":true", "\"person_id\":\"" + ALICE.id())
                .contains("{\"what\":\"retained topics\",\"count\":2,\"left\":\"\"}")
                .doesNotContain("Alice");
        commands.obey("cmd/erase", "{\"request_id\":\"2\",\"name\":\"Zed\"}", gateway);
        assertThat(gateway.next()).contains("reply/2", "nobody is called that");
        commands.obey("cmd/erase", "{\"request_id\":\"3\"}", gateway);
        assertThat(gateway.next()).contains("reply/3", "bad_request");
        commands.obey("cmd/backup", "{\"request_id\":\"4\"}", gateway);
        assertThat(gateway.next()).contains("reply/4", "bundle backup is not running");
    }

    @Test
    void commandsThatTakeLongWaitForEachOtherAndQuickOnesDoNotWait() throws Exception {
        CountDownLatch erasing = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        gateway.put(
                Eraser.class,
                names -> {
                    erasing.countDown();
                    await(done);
                    throw new StoreException("nobody is called that");
                });
        commands.obey("cmd/erase", "{\"request_id\":\"first\",\"name\":\"Alice\"}", gateway);
        erasing.await();
        for (int i = 0; i < 10; i++) {
            commands.obey("cmd/backup", "{\"request_id\":\"waits\"}", gateway);
        }
        commands.obey("cmd/status", "{\"request_id\":\"quick\"}", gateway);
        assertThat(gateway.next()).startsWith("reply/quick ");
        commands.obey("cmd/backup", "{\"request_id\":\"tooMany\"}", gateway);
        assertThat(gateway.next()).startsWith("reply/tooMany ").contains("too many commands wait");
        done.countDown();
        assertThat(gateway.next()).startsWith("reply/first ");
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.next()).startsWith("reply/waits ");
        }
    }

    @Test
    void picturesThatWaitAreBounded() throws Exception {
        CountDownLatch erasing = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        gateway.put(
                Eraser.class,
                names -> {
                    erasing.countDown();
                    await(done);
                    throw new StoreException("nobody is called that");
                });
        commands.obey("cmd/erase", "{\"name\":\"Alice\"}", gateway);
        erasing.await();
        String picture = "A".repeat(3_900_000);
        for (int i = 0; i < 3; i++) {
            commands.obey("cmd/recognize", "{\"picture\":\"" + picture + "\"}", gateway);
        }
        assertThat(gateway.silent()).isTrue();
        commands.obey("cmd/recognize", "{\"picture\":\"" + picture + "\"}", gateway);
        assertThat(gateway.next()).contains("\"code\":\"too_many\"");
        done.countDown();
        assertThat(gateway.next()).contains("nobody is called that");
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.next()).contains("\"code\":\"bad_picture\"");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
