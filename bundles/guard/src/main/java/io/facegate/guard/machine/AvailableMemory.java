// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process may still take: of the machine, or of the control group it is in (a container,
 * a service with {@code MemoryMax}) where that leaves less.
 *
 * @param bytes that can be had without swapping
 * @param limited whether it is the control group that leaves no more
 */
public record AvailableMemory(long bytes, boolean limited) {
    private static final Pattern AVAILABLE =
            Pattern.compile("(?m)^MemAvailable:\\s+(\\d{1,15}) kB");
    private static final Pattern RECLAIMABLE =
            Pattern.compile("(?m)^(?:total_)?inactive_file (\\d{1,18})$");

    /** Where the groups of version 2 and of version 1 are, and what their files are called. */
    private enum Hierarchy {
        TWO("0:", "sys/fs/cgroup", "memory.max", "memory.current"),
        ONE(
                "\\d+:(?:[^:\n]+,)?memory(?:,[^:\n]+)?",
                "sys/fs/cgroup/memory",
                "memory.limit_in_bytes",
                "memory.usage_in_bytes");

        /** Before the path of the process's group. */
        private final Pattern own;

        private final String root;
        private final String limit;
        private final String used;

        Hierarchy(String own, String root, String limit, String used) {
            this.own = Pattern.compile("(?m)^" + own + ":(/.*)$");
            this.root = root;
            this.limit = limit;
            this.used = used;
        }
    }

    /** As it is now; empty where the kernel does not tell. */
    public static Optional<AvailableMemory> of(KernelFiles files) {
        OptionalLong machine = number(files.text("proc/meminfo"), AVAILABLE);
        OptionalLong group = OptionalLong.empty();
        for (Hierarchy hierarchy : Hierarchy.values()) {
            group = least(group, group(files, hierarchy));
        }
        if (machine.isEmpty()) {
            return group.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AvailableMemory(group.getAsLong(), true));
        }
        long free = machine.getAsLong() << 10;
        return Optional.of(
                group.isPresent() && group.getAsLong() < free
                        ? new AvailableMemory(group.getAsLong(), true)
                        : new AvailableMemory(free, false));
    }

    /** The least that the group or one above it leaves; empty without a limit. */
    private static OptionalLong group(KernelFiles files, Hierarchy hierarchy) {
        Path root = files.at(hierarchy.root);
        Path at = root.resolve(own(files, hierarchy).substring(1)).normalize();
        OptionalLong least = OptionalLong.empty();
        while (at.startsWith(root)) {
            least = least(least, left(files, hierarchy, at));
            at = at.getParent();
        }
        return least;
    }

    /** The group's path; within a container it is often told as {@code /}. */
    private static String own(KernelFiles files, Hierarchy hierarchy) {
        Matcher group = hierarchy.own.matcher(files.text("proc/self/cgroup").orElse(""));
        return group.find() ? group.group(1) : "/";
    }

    private static OptionalLong left(KernelFiles files, Hierarchy hierarchy, Path group) {
        // "max" where there is no limit
        OptionalLong limit = files.number(group.resolve(hierarchy.limit));
        OptionalLong used = files.number(group.resolve(hierarchy.used));
        if (limit.isEmpty() || used.isEmpty()) {
            return OptionalLong.empty();
        }
        long reclaimable = number(files.text(group.resolve("memory.stat")), RECLAIMABLE).orElse(0);
        return OptionalLong.of(
                Math.max(0, limit.getAsLong() - Math.max(0, used.getAsLong() - reclaimable)));
    }

    private static OptionalLong least(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
    }

    private static OptionalLong number(Optional<String> text, Pattern pattern) {
        Matcher found = pattern.matcher(text.orElse(""));
        return found.find()
                ? OptionalLong.of(Long.parseLong(found.group(1)))
                : OptionalLong.empty();
    }
}
