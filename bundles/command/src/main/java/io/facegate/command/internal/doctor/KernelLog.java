// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Warnings and errors the kernel has told since the start.
 *
 * @param readable whether this user may read them
 * @param lines the oldest first
 */
record KernelLog(boolean readable, List<String> lines) {
    private static final Pattern DISK =
            Pattern.compile(
                    "(?i)I/O error,? (on )?dev|EXT4-fs error|EXT4-fs .*remounting filesystem"
                            + " read-only|mmc\\d+: .*(error|timeout|timed out)|mmcblk\\d+: .*(error|timed"
                            + " out)|critical (medium|target) error");
    private static final Pattern VOLTAGE = Pattern.compile("(?i)(under-?voltage) detected");

    static KernelLog of(Programs programs) {
        return Stream.of(
                        List.of("dmesg", "--level=emerg,alert,crit,err,warn", "--time-format=iso"),
                        List.of("journalctl", "-k", "-b", "-p", "warning", "--no-pager", "-q"))
                .map(words -> programs.run(Duration.ofSeconds(10), words.toArray(String[]::new)))
                .flatMap(Optional::stream)
                .filter(Programs.Ended::well)
                .map(ended -> new KernelLog(true, ended.text().lines().toList()))
                .findFirst()
                .orElseGet(() -> new KernelLog(false, List.of()));
    }

    /** The last error of a disk. */
    Optional<String> disk() {
        return last(DISK);
    }

    /** The last time the voltage was too low. */
    Optional<String> voltage() {
        return last(VOLTAGE);
    }

    private Optional<String> last(Pattern pattern) {
        return lines.stream().filter(line -> pattern.matcher(line).find()).reduce((a, b) -> b);
    }
}
