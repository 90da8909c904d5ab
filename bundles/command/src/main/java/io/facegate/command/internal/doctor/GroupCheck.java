// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import io.facegate.guard.machine.KernelFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether who runs the gateway is in the groups that may use cameras, graphics and screens. */
final class GroupCheck implements Check {
    private static final String SUBJECT = "groups";
    private static final Map<String, List<String>> DEVICES =
            Map.of(
                    "video",
                    List.of("video*", "fb*", "media*", "vcio"),
                    "render",
                    List.of("renderD*"));

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public List<Finding> look(Installation installation) {
        String user = installation.user();
        if (user.equals("root")) {
            return List.of(
                    Finding.warning(
                            SUBJECT,
                            "the gateway would run as root",
                            "Run it as a user of its own, as the package does; root may do anything"));
        }
        Optional<Set<String>> groups = groups(installation, user);
        if (groups.isEmpty()) {
            return List.of(
                    Finding.warning(
                            SUBJECT,
                            "the groups of " + user + " cannot be asked",
                            "Look at: id " + user));
        }
        List<Finding> findings = new ArrayList<>();
        for (String group : new TreeSet<>(DEVICES.keySet())) {
            List<String> devices = devices(installation.files(), group);
            if (!devices.isEmpty() && !groups.get().contains(group)) {
                findings.add(
                        Finding.fault(
                                SUBJECT,
                                user
                                        + " is not in the group "
                                        + group
                                        + " and may not use "
                                        + String.join(", ", devices),
                                "sudo usermod -aG "
                                        + group
                                        + " "
                                        + user
                                        + ", then restart the gateway (or log in again)"));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(SUBJECT, user + " is in: " + String.join(", ", groups.get())))
                : findings;
    }

    private static List<String> devices(KernelFiles files, String group) {
        String folder = group.equals("render") ? "dev/dri" : "dev";
        return DEVICES.get(group).stream()
                .flatMap(glob -> files.list(folder, glob).stream())
                .filter(device -> hasGroup(device, group))
                .map(device -> "/" + files.root().relativize(device))
                .toList();
    }

    /** A device of another group, or of everybody's, needs another remedy. */
    private static boolean hasGroup(Path device, String group) {
        try {
            var attributes = Files.readAttributes(device, PosixFileAttributes.class);
            return attributes.group().getName().equals(group)
                    && !attributes.permissions().contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Set<String>> groups(Installation installation, String user) {
        return installation
                .programs()
                .run(Duration.ofSeconds(5), "id", "-nG", user)
                .filter(Programs.Ended::well)
                .map(ended -> new TreeSet<>(Arrays.asList(ended.text().strip().split("\\s+"))));
    }
}
