// SPDX-License-Identifier: Apache-2.0
package io.facegate.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.Outcome;
import io.facegate.api.recognition.PipelineCounters;
import io.facegate.pipeline.internal.analysis.Fakes;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicBoolean;

class MailboxTest {
    private final Mailbox mailbox = new Mailbox();

    private void offer(long sequence) {
        mailbox.offer(Fakes.frame("front", sequence, Fakes.START));
    }

    @Test
    void newestFrameReplacesWaitingOne() throws Exception {
        offer(1);
        offer(2);
        offer(3);
        assertThat(mailbox.take(0).orElseThrow().sequence()).isEqualTo(3);
        assertThat(mailbox.take(0)).isEmpty();
        assertThat(mailbox.counters().frames())
                .isEqualTo(new PipelineCounters(3, 1, 2, 0, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void closedMailboxNeitherTakesNorCountsFrames() throws Exception {
        offer(1);
        mailbox.close();
        assertThat(mailbox.offer(Fakes.frame("front", 2, Fakes.START))).isFalse();
        assertThat(mailbox.take(1000)).isEmpty();
        assertThat(mailbox.counters().frames().offered()).isEqualTo(1);
    }

    @Test
    void aRestEndsWithTheMailbox() throws Exception {
        mailbox.rest(1);
        mailbox.close();
        mailbox.rest(Long.MAX_VALUE / 4);
        assertThat(mailbox.closed()).isTrue();
    }

    @Test
    void waitingFrameKeepsMailboxOpen() {
        offer(1);
        assertThat(mailbox.closeIfEmpty()).isFalse();
        assertThat(mailbox.offer(Fakes.frame("front", 2, Fakes.START))).isTrue();
    }

    @Test
    void countersAddUpInEverySnapshotUnderAHammeringProducer() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread producer =
                new Thread(
                        () -> {
                            for (long i = 0; !over.get(); i++) {
                                offer(i);
                            }
                        });
        Thread worker =
                new Thread(
                        () -> {
                            try {
                                for (int i = 0; !over.get(); i++) {
                                    if (mailbox.take(5).isPresent()) {
                                        mailbox.finish(Outcome.values()[i % 4]);
                                    }
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        producer.start();
        worker.start();
        for (int i = 0; i < 50_000; i++) {
            Fakes.assertAddsUp(mailbox.counters().frames());
        }
        Fakes.await(() -> mailbox.counters().frames().accepted() > 100);
        over.set(true);
        producer.join();
        worker.join();
        PipelineCounters end = mailbox.counters().frames();
        Fakes.assertAddsUp(end);
        assertThat(end.inProgress()).isZero();
        assertThat(end.superseded()).isPositive();
    }
}
