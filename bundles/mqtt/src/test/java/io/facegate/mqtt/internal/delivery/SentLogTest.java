// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class SentLogTest {
    @TempDir Path folder;

    @Test
    void whatCameAfterAMarkIsThereAfterAKill() throws Exception {
        Path file = folder.resolve(SentLog.NAME);
        SentLog killed = new SentLog(Optional.of(file), 1000, 1 << 20);
        killed.add(100, "a", List.of("{\"n\":1}"));
        killed.add(101, "a", List.of("{\"n\":2}", "{\"n\":3}"));
        killed.add(102, "b", List.of("{\"n\":4}"));
        Files.writeString(file, "103 a {\"to", StandardOpenOption.APPEND);
        SentLog next = new SentLog(Optional.of(file), 1000, 1 << 20);
        assertThat(next.last()).isEqualTo(102);
        assertThat(next.after(100, "a", 200))
                .extracting(SentLog.Entry::json)
                .containsExactly("{\"n\":2}", "{\"n\":3}");
        assertThat(next.after(102, "a", 200)).isEmpty();
        assertThat(next.after(0, "a", 1101)).as("not the too old").hasSize(2);
        next.close();
        killed.close();
    }

    @Test
    void aTornLineTakesNoOtherAlong() throws Exception {
        Path file = folder.resolve(SentLog.NAME);
        byte[] torn = "1 a {\"n\":1}\n2 a {\"name\":\"Zo\u00eb".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(torn, torn.length - 1));
        SentLog log = new SentLog(Optional.of(file), 1000, 1 << 20);
        log.add(3, "a", List.of("{\"n\":3}"));
        assertThat(log.after(0, "a", 10)).extracting(SentLog.Entry::mark).containsExactly(1L, 3L);
        assertThat(log.erase(UUID.randomUUID())).isZero();
        log.close();
    }

    @Test
    void itIsBounded() {
        Path file = folder.resolve(SentLog.NAME);
        SentLog log = new SentLog(Optional.of(file), 1000, 30);
        for (int mark = 1; mark <= 10; mark++) {
            log.add(mark, "a", List.of("{\"number\":" + mark + "}"));
        }
        assertThat(log.after(0, "a", 10))
                .as("the newest of two files, in order")
                .extracting(SentLog.Entry::mark)
                .containsExactly(7L, 8L, 9L, 10L);
        log.expire(1011);
        assertThat(log.after(0, "a", 10)).isEmpty();
        assertThat(file).isEmptyFile();
        log.close();
    }

    @Test
    void whatIsAboutAPersonIsTakenOut() throws Exception {
        UUID person = UUID.randomUUID();
        SentLog log = new SentLog(Optional.of(folder.resolve(SentLog.NAME)), 1000, 1 << 20);
        log.add(1, "a", List.of("{\"person_id\":\"" + person + "\"}", "{\"n\":2}"));
        assertThat(log.erase(person)).isEqualTo(1);
        log.add(2, "a", List.of("{\"n\":3}"));
        assertThat(log.after(0, "a", 10))
                .extracting(SentLog.Entry::json)
                .containsExactly("{\"n\":2}", "{\"n\":3}");
        log.close();
    }

    @Test
    void nothingIsKeptWhereNotAskedFor() throws Exception {
        Path file = Files.writeString(folder.resolve(SentLog.NAME), "1 a {}\n");
        SentLog log = new SentLog(Optional.of(file), 0, 1 << 20);
        assertThat(log.usable()).isFalse();
        assertThat(file).doesNotExist();
    }
}
