// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Looks at everything, one subject after the other. What fails to look is a finding, too. */
public final class Doctor {
    private static final List<Check> CHECKS =
            List.of(
                    new VersionCheck(),
                    new MemoryCheck(),
                    new DiskCheck(),
                    new ClockCheck(),
                    new PowerCheck(),
                    new ConfigurationCheck(),
                    new StoreCheck(),
                    new ModelCheck(),
                    new GroupCheck(),
                    new PortCheck(),
                    new BrokerCheck(),
                    new CameraCheck(),
                    new GatewayCheck());

    private final List<Check> checks;

    public Doctor() {
        this(CHECKS);
    }

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Looks; blocks until all is seen.
     *
     * @param stopped whether to stop before the next subject
     * @param progress told of each subject before it is looked at
     */
    public List<Finding> examine(
            Installation installation, BooleanSupplier stopped, Consumer<String> progress) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            if (stopped.getAsBoolean()) {
                break;
            }
            progress.accept(check.subject());
            if (check.needsData() && installation.isClosed()) {
                findings.add(closed(check, installation));
            } else {
                findings.addAll(findings(check, installation));
            }
        }
        return findings;
    }

    private static Finding closed(Check check, Installation installation) {
        return Finding.warning(
                check.subject(),
                "not looked at: this user may not look into " + installation.data(),
                "Ask as " + installation.user() + ", or as root: sudo facegate doctor");
    }

    /** Whatever a damaged file or a missing library does to a check, the others go on. */
    private static List<Finding> findings(Check check, Installation installation) {
        try {
            return check.look(installation);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return List.of(
                    Finding.warning(
                            check.subject(),
                            "could not be looked at: " + e,
                            "The reason may tell what to do; if not, facegate support collects what"
                                    + " somebody else needs to find out"));
        }
    }
}
