// SPDX-License-Identifier: Apache-2.0
package io.facegate.update.internal;

import io.facegate.api.model.ModelInfo;
import io.facegate.guard.machine.AvailableMemory;
import io.facegate.guard.machine.KernelFiles;

import java.util.Optional;

/**
 * Whether there is memory for an encoder beside all that runs. Linux would end the whole gateway
 * otherwise.
 */
final class MemoryRoom {
    private final KernelFiles files;

    /**
     * @param files of the kernel that tells
     */
    MemoryRoom(KernelFiles files) {
        this.files = files;
    }

    /**
     * Why it is not to be loaded now.
     *
     * @param fileBytes size of its file
     * @return what it needs, what there is and what to do; empty when there is room, or nobody
     *     knows
     */
    Optional<String> lack(ModelInfo model, long fileBytes) {
        long needed = fileBytes + model.terms().memory();
        return AvailableMemory.of(files)
                .filter(available -> needed > available.bytes())
                .map(available -> message(needed, available));
    }

    private static String message(long needed, AvailableMemory available) {
        return "it needs %d MB of memory beside what runs, and %d MB are available%s: %s. It is tried again as soon as there is room"
                .formatted(
                        (needed + (1 << 20) - 1) >> 20,
                        available.bytes() >> 20,
                        available.limited() ? " in the control group" : "",
                        available.limited()
                                ? "raise the limit of the service or container (MemoryMax, memory)"
                                : "end other programs, or use fewer cameras or a smaller detector");
    }
}
