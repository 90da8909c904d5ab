// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.recognition.PipelineCounters;
import io.facegate.api.recognition.PipelineStatus;
import io.facegate.api.recognition.Pipelines;
import io.facegate.testing.Await;

import java.time.Duration;

/** The frames of a gateway: that they go on, and that none is lost in the counting. */
final class Frames {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final GatewayFramework gateway;

    Frames(GatewayFramework gateway) {
        this.gateway = gateway;
    }

    /** Waits until three more frames went through. */
    void await() throws Exception {
        long[] before = {gateway.processed()};
        Await.until(
                "frame going through",
                DEADLINE,
                () -> {
                    long now = gateway.processed();
                    if (now < before[0]) {
                        before[0] = 0; // the pipeline itself was replaced
                    }
                    checkCounters();
                    return now >= before[0] + 3;
                });
    }

    private void checkCounters() {
        var reference = gateway.context().getServiceReference(Pipelines.class);
        Pipelines pipelines = reference == null ? null : gateway.context().getService(reference);
        if (pipelines == null) {
            return;
        }
        for (PipelineStatus status : pipelines.status()) {
            PipelineCounters c = status.counters();
            assertThat(c.offered()).isEqualTo(c.accepted() + c.superseded() + c.waiting());
            assertThat(status.work().full() + status.work().regions() + status.work().tracked())
                    .isEqualTo(c.recognized() + c.noFace());
            assertThat(c.accepted())
                    .isEqualTo(
                            c.recognized()
                                    + c.noFace()
                                    + c.skipped()
                                    + c.failed()
                                    + c.inProgress());
        }
    }

    long failed() throws Exception {
        return gateway.service(Pipelines.class).status().stream()
                .mapToLong(status -> status.counters().failed())
                .sum();
    }
}
