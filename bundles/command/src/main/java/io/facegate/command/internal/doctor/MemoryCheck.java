// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.guard.machine.KernelFiles;
import io.facegate.guard.machine.Memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Memory: how much, whether tasks wait for it, whether the kernel has killed for it. */
final class MemoryCheck implements Check {
    private static final String SUBJECT = "memory";
    private static final long SCARCE_MEGABYTES = 100;
    private static final long SMALL_MEGABYTES = 700;
    private static final double STALLED_PERCENT = 10;

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) {
        KernelFiles files = installation.files();
        List<Finding> findings = new ArrayList<>();
        findings.add(Memory.of(files).map(MemoryCheck::amount).orElseGet(MemoryCheck::untold));
        OptionalDouble pressure = Memory.pressure(files);
        if (pressure.isPresent()) {
            findings.add(pressure(pressure.getAsDouble()));
        } else {
            findings.add(
                    Finding.ok(
                            SUBJECT,
                            "this kernel does not count how long tasks wait for memory (on a Raspberry Pi:"
                                    + " psi=1 at the end of the line in /boot/firmware/cmdline.txt)"));
        }
        killed(files).ifPresent(findings::add);
        return findings;
    }

    private static Finding untold() {
        return Finding.warning(SUBJECT, "the kernel does not tell", "Look at: free -m");
    }

    private static Finding amount(Memory memory) {
        String seen =
                memory.availableMegabytes() + " MB of " + memory.totalMegabytes() + " MB available";
        if (memory.availableMegabytes() < SCARCE_MEGABYTES) {
            return Finding.fault(
                    SUBJECT,
                    seen,
                    "End other programs (top, then M, sorts them by memory), or use a machine with more");
        }
        return memory.totalMegabytes() < SMALL_MEGABYTES
                ? Finding.warning(
                        SUBJECT, seen, "Enough for hog or yunet at 640 pixels; not for cnn")
                : Finding.ok(SUBJECT, seen);
    }

    private static Finding pressure(double percent) {
        String seen = "tasks waited for memory in " + percent + " % of the last 10 seconds";
        return percent > STALLED_PERCENT
                ? Finding.warning(
                        SUBJECT,
                        seen,
                        "End other programs, or lower the work: facegate run --upsample 0, smaller frames")
                : Finding.ok(SUBJECT, seen);
    }

    private static Optional<Finding> killed(KernelFiles files) {
        OptionalLong kills =
                files.text("proc/vmstat")
                        .orElse("")
                        .lines()
                        .filter(line -> line.matches("oom_kill \\d{1,9}"))
                        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                        .findFirst();
        return kills.isPresent() && kills.getAsLong() > 0
                ? Optional.of(
                        Finding.warning(
                                SUBJECT,
                                "since the start the kernel has ended "
                                        + kills.getAsLong()
                                        + " processes for want of memory",
                                "sudo dmesg | grep -i 'killed process' tells which; give the machine less to do"))
                : Optional.empty();
    }
}
