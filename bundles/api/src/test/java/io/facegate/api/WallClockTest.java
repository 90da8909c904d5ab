// SPDX-License-Identifier: Apache-2.0
package io.facegate.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rule of docs/architecture.md, "Time": the clock is for people only. */
class WallClockTest {
    private static final Pattern CLOCK =
            Pattern.compile(
                    "(Instant|Date|(?<!Capture)Time)\\.now\\(|currentTimeMillis\\(|(Clock|InstantSource)\\.system"
                            + "|new Date\\(\\)|new Timer\\(|LastModifiedTime\\(|\\.lastModified\\("
                            + "|parkUntil\\(|awaitUntil\\(");

    /** Who may look at the clock: it only tells people the time, or was made safe by a test. */
    private static final Set<String> SANCTIONED =
            Set.of(
                    // whether a file is another than before; with its size
                    "AccessFiles",
                    // since when clients are away, over restarts, as Artemis does; a session is
                    // forgotten too early or late, and events come twice, when the clock is set
                    "ArtemisServer",
                    // the same of certificates
                    "BrokerLife",
                    // the clock beside the scale that nobody sets
                    "CaptureTime",
                    // says whether the clock is right
                    "ClockCheck",
                    // age of files of earlier processes; not while the clock is set
                    "CopiesInWork",
                    // a name
                    "DamagedFile",
                    // a receipt
                    "ErasureFolder",
                    // a receipt
                    "Erasures",
                    // a timestamp
                    "ErrorReports",
                    // when a command was signed; none is obeyed twice, whatever the clock does
                    "MqttCommands",
                    // when certificates expire; a clock that is behind is not believed
                    "Keys",
                    // when a camera that tells no time is logged in to
                    "OnvifCameras",
                    // a date
                    "SqliteCounterExamples",
                    // a first number when the file is damaged
                    "EventSequence",
                    // a date; the order is by number
                    "GalleryBackup",
                    // a date
                    "MemoryRing",
                    // a number that rises, whatever the clock does; says how old something is, so
                    // that at worst it is not sent a second time
                    "Repeats",
                    // a number unlike that of the run before
                    "ServedFile",
                    // days, of which a jump by years does not count
                    "SightingsComponent",
                    // a date
                    "SqliteOutbox",
                    // a date
                    "SqliteSightings",
                    // a date
                    "SqliteStore",
                    // a timestamp
                    "StatsJson",
                    // a name and a date
                    "SupportCommand",
                    // of restores that do not name what they were for
                    "StoreDamage",
                    // a date; the order is by number
                    "Versions");

    @Test
    void onlyThoseWhoTellPeopleTheTimeLookAtTheClock() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            for (Path file : files.filter(WallClockTest::isProductCode).toList()) {
                if (CLOCK.matcher(Files.readString(file)).find()) {
                    found.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        assertThat(found)
                .as("use System.nanoTime() or CaptureTime, or add the class with a reason here")
                .containsExactlyInAnyOrderElementsOf(SANCTIONED);
    }

    private static boolean isProductCode(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/");
    }
}
