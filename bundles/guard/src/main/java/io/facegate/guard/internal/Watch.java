// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.internal;

import io.facegate.api.load.LoadLimit;
import io.facegate.api.load.LoadLimit.Step;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.guard.machine.KernelFiles;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Looks at the machine and decides. One thread looks; everybody may read. */
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final String MACHINE = "machine";
    private static final String DISK = "disk";
    private static final double ENOUGH_DISK_FACTOR = 1.5;
    private static final Map<Step, String> DONE =
            Map.of(
                    Step.RATE, "recognition rests half of the time",
                    Step.SIZE, "recognition rests half of the time and looks for larger faces only",
                    Step.METHOD,
                            "recognition rests three quarters of the time and looks for larger"
                                    + " faces only, by HOG where CNN is configured");

    private final KernelFiles files;
    private final Settings settings;
    private final Supplier<OptionalLong> freeMegabytes;
    private final Ladder ladder;
    private volatile LoadLimit limit = LoadLimit.NONE;
    private volatile List<Condition> conditions;

    /**
     * @param freeMegabytes for the data folder; empty when nobody knows
     */
    Watch(KernelFiles files, Settings settings, Supplier<OptionalLong> freeMegabytes) {
        this.files = files;
        this.settings = settings;
        this.freeMegabytes = freeMegabytes;
        ladder = new Ladder(settings.step(), settings.calm());
        conditions = List.of(new Condition(MACHINE, Level.OK, "not looked at yet"));
    }

    LoadLimit limit() {
        return limit;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /**
     * Looks and decides.
     *
     * @param nanos of the clock that nobody sets
     */
    void look(long nanos) {
        Need need = Need.of(files, settings);
        OptionalLong free = freeMegabytes.get();
        Step step = ladder.next(!need.reasons().isEmpty(), need.calm(), nanos);
        boolean sparesDisk = isShort(free);
        LoadLimit now = settings.enabled() ? new LoadLimit(step, sparesDisk) : LoadLimit.NONE;
        List<Condition> told = new ArrayList<>();
        told.add(machine(need, now.step()));
        free.ifPresent(megabytes -> told.add(disk(megabytes, sparesDisk)));
        tellChange(now, told);
        conditions = List.copyOf(told);
        limit = now;
    }

    private boolean isShort(OptionalLong free) {
        if (free.isEmpty()) {
            return false;
        }
        double bound = settings.scarceDiskMegabytes();
        return free.getAsLong() < (limit.sparesDisk() ? bound * ENOUGH_DISK_FACTOR : bound);
    }

    private Condition machine(Need need, Step step) {
        String complaints = String.join("; ", settings.complaints());
        if (step == Step.NONE && need.reasons().isEmpty()) {
            return complaints.isEmpty()
                    ? new Condition(
                            MACHINE,
                            Level.OK,
                            need.figures().isEmpty() ? "no sensors" : need.figures())
                    : new Condition(
                            MACHINE,
                            Level.DEGRADED,
                            "configuration " + GuardConfig.PID + ": " + complaints);
        }
        String why =
                need.reasons().isEmpty()
                        ? "the need is over (" + need.figures() + "); for a while yet "
                        : String.join("; ", need.reasons()) + "; ";
        String what = DONE.getOrDefault(step, "nothing is eased, as configured");
        return new Condition(MACHINE, Level.DEGRADED, why + what);
    }

    private Condition disk(long free, boolean sparesDisk) {
        String seen = free + " MB free for the data folder";
        if (!sparesDisk) {
            return new Condition(DISK, Level.OK, seen);
        }
        String what =
                settings.enabled()
                        ? ": no new faces of unknown people are kept; free some space"
                        : ": free some space";
        return new Condition(DISK, Level.DEGRADED, "only " + seen + what);
    }

    private void tellChange(LoadLimit now, List<Condition> told) {
        if (now.step() != limit.step()) {
            String message = told.get(0).message();
            if (now.step().compareTo(limit.step()) > 0) {
                LOG.warn("{}", message);
            } else {
                LOG.info("Less is eased: {}", message);
            }
        }
        if (now.sparesDisk() != limit.sparesDisk()) {
            LOG.warn("{}", told.get(told.size() - 1).message());
        }
    }
}
