// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/**
 * What must be in a store according to the lines of a {@link WorkingProcess}: everything that was
 * acknowledged, and the one change in flight or not.
 */
final class Progress {
    private GalleryModel model;
    private Optional<StoreOperation> inFlight = Optional.empty();
    private int acknowledged;
    private int refused;
    private int uncertain;

    Progress(GalleryModel model) {
        this.model = model;
    }

    /** What became of the change in flight. */
    enum InFlight {
        NONE,
        KEPT,
        LOST
    }

    Progress read(String line) {
        if (line.startsWith(WorkingProcess.INTENT)) {
            assertThat(inFlight).isEmpty();
            inFlight =
                    Optional.of(
                            StoreOperation.parse(line.substring(WorkingProcess.INTENT.length())));
        } else if (line.equals(WorkingProcess.DONE)) {
            model = model.after(inFlight.orElseThrow());
            inFlight = Optional.empty();
            acknowledged++;
        } else if (line.startsWith(WorkingProcess.REFUSED) || line.equals(WorkingProcess.SETTLED)) {
            inFlight = Optional.empty();
            refused++;
        } else if (line.startsWith(WorkingProcess.UNCERTAIN)) {
            // either way, as if it were in flight
            assertThat(inFlight).isPresent();
            uncertain++;
        } else {
            throw new AssertionError("not a line of the process: " + line);
        }
        return this;
    }

    int acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused;
    }

    /** Of those refused in the end. */
    int uncertain() {
        return uncertain;
    }

    boolean inFlight() {
        return inFlight.isPresent();
    }

    /** The change that was neither acknowledged nor refused. */
    Optional<StoreOperation> begun() {
        return inFlight;
    }

    /** The content agreed on last. */
    GalleryModel model() {
        return model;
    }

    /** Fails unless the content is one of the two that are allowed; goes on with it. */
    InFlight check(StoreAudit audit) {
        if (inFlight.isPresent()) {
            GalleryModel after = model.after(inFlight.get());
            if (after.agreesWith(audit)) {
                model = after;
                return InFlight.KEPT;
            }
        }
        assertThat(model.agreesWith(audit))
                .as(() -> "expected " + model + ", in flight " + inFlight + ", found " + audit)
                .isTrue();
        return inFlight.isPresent() ? InFlight.LOST : InFlight.NONE;
    }
}
