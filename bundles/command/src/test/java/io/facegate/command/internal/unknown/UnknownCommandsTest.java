// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.store.StoreException;
import io.facegate.command.internal.fake.FakeParts;
import io.facegate.command.internal.fake.FakeStore;
import io.facegate.command.internal.fake.FakeUnknownPeople;
import io.facegate.command.internal.fake.Terminal;
import io.facegate.command.internal.fake.TextWriter;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

class UnknownCommandsTest {
    private static final String FIRST = "3f9a0000-1111-4222-8333-444444444444";
    private static final String SECOND = "3f9b0000-1111-4222-8333-444444444444";
    private static final String LIKE_SECOND = "3f9b0000-1112-4222-8333-444444444444";

    @TempDir Path folder;

    private final FakeStore store = new FakeStore();
    private final FakeUnknownPeople unknown = new FakeUnknownPeople(store);
    private final Terminal terminal = new Terminal(new FakeParts(store, unknown, new TextWriter()));

    @BeforeEach
    void people() {
        unknown.add(FIRST);
        unknown.add(SECOND);
    }

    @Test
    void listWaitsForWhatIsOnTheDisk() {
        assertThat(terminal.run("unknown", "list")).isZero();
        assertThat(terminal.out().lines())
                .hasSize(3)
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0))
                                    .matches(
                                            "ID +FIRST SEEN +LAST SEEN +CAMERA +SIGHTINGS +FACES"
                                                    + " +IGNORED");
                            assertThat(lines.get(1)).matches("3f9a0000  .*  door +7 +2");
                        });
    }

    @Test
    void shortIdsAreAsLongAsTellsThemApart() {
        unknown.add(LIKE_SECOND);
        assertThat(terminal.run("unknown", "list")).isZero();
        assertThat(terminal.out()).contains("3f9b0000-1111 ").contains("3f9b0000-1112 ");
    }

    @Test
    void listAsJsonHasWholeIds() {
        assertThat(terminal.run("unknown", "ignore", "3f9a")).isZero();
        assertThat(terminal.run("unknown", "list", "--json")).isZero();
        assertThat(terminal.out())
                .startsWith(
                        "{\"unknown\":[{\"id\":\""
                                + FIRST
                                + "\",\"first_seen\":\"2026-11-24T08:15:30Z\","
                                + "\"last_seen\":\"2026-11-24T08:15:30Z\",\"last_camera\":\"door\","
                                + "\"sightings\":7,\"faces\":2,\"ignored\":true},");
    }

    @Test
    void namesSeveralAsOnePerson() {
        assertThat(terminal.run("unknown", "name", "3F9A", SECOND, "Alice B")).isZero();
        assertThat(store.find("Alice B")).isPresent();
        assertThat(unknown.people()).isEmpty();
        assertThat(terminal.err()).isEqualTo("2 unknown people are now Alice B (0 encodings).\n");
    }

    @Test
    void anAmbiguousOrUnknownIdChangesNothing() {
        assertThat(terminal.run("unknown", "name", "3f9a", "3f9", "Alice")).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "Several unknown people have an id that begins with 3f9: 3f9a0000,"
                                + " 3f9b0000.\n");
        assertThat(terminal.run("unknown", "forget", "3f9a", "77")).isEqualTo(1);
        assertThat(terminal.err())
                .endsWith(
                        "There is no unknown person with the id 77; 'unknown list' shows those"
                                + " there are.\n");
        assertThat(unknown.people()).hasSize(2);
        assertThat(store.gallery().people()).isEmpty();
    }

    @Test
    void ignoresAndRaisesEventsAgain() {
        assertThat(terminal.run("unknown", "ignore", "3f9a", "3f9b")).isZero();
        assertThat(unknown.people()).allMatch(person -> person.ignored());
        assertThat(terminal.run("unknown", "unignore", "3f9a")).isZero();
        assertThat(unknown.people()).extracting(p -> p.ignored()).containsExactly(false, true);
        assertThat(terminal.err())
                .isEqualTo(
                        "2 unknown people are ignored.\n1 unknown person is no longer ignored.\n");
    }

    @Test
    void forgetsAllOnlyWhenAskedTo() {
        assertThat(terminal.run("unknown", "forget")).isEqualTo(2);
        assertThat(terminal.run("unknown", "forget", "--all", "3f9a")).isEqualTo(2);
        assertThat(unknown.unknownPeople()).hasSize(2);
        assertThat(terminal.run("unknown", "forget", "3f9a")).isZero();
        assertThat(terminal.run("unknown", "forget", "--all")).isZero();
        assertThat(unknown.people()).isEmpty();
    }

    @Test
    void showsTheFacesAndWritesThoseThereAre() throws Exception {
        Path faces = folder.resolve("new/faces");
        assertThat(terminal.run("unknown", "show", "3f9a", "--output", faces)).isZero();
        assertThat(terminal.out()).startsWith(FIRST + "\n").contains("7 sightings");
        assertThat(terminal.out().lines().skip(2)).hasSize(3);
        assertThat(terminal.err()).isEqualTo("Wrote 1 face into " + faces + ".\n");
        try (var files = Files.list(faces)) {
            assertThat(files).containsExactly(faces.resolve("3f9a0000-1.png"));
        }
    }

    @Test
    void aFileIsNoFolderToWriteInto() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(terminal.run("unknown", "show", "3f9a", "--output", file)).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo(file + " is no folder.\n");
    }

    @Test
    void aDiskThatFailsIsTold() {
        unknown.trouble = Optional.of(new StoreException("the disk is gone"));
        assertThat(terminal.run("unknown", "list")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("the disk is gone\n");
    }

    @Test
    void wrongUseIsUsage() {
        assertThat(terminal.run("unknown")).isEqualTo(2);
        assertThat(terminal.run("unknown", "name", "3f9a")).isEqualTo(2);
        assertThat(terminal.run("unknown", "ignore")).isEqualTo(2);
    }
}
