// SPDX-License-Identifier: Apache-2.0
package io.facegate.guard.machine;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine's memory.
 *
 * @param totalMegabytes what there is
 * @param availableMegabytes what programs may still have without swapping
 */
public record Memory(long totalMegabytes, long availableMegabytes) {
    private static final Pattern STALLED = Pattern.compile("(?m)^some .*\\bavg10=([0-9.]+)");
    private static final int KILOBYTES = 1024;

    /** As it is now. */
    public static Optional<Memory> of(KernelFiles files) {
        Optional<String> text = files.text("proc/meminfo");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong total = kilobytes(text.get(), "MemTotal");
        OptionalLong available = kilobytes(text.get(), "MemAvailable");
        return total.isPresent() && available.isPresent()
                ? Optional.of(
                        new Memory(
                                total.getAsLong() / KILOBYTES, available.getAsLong() / KILOBYTES))
                : Optional.empty();
    }

    private static OptionalLong kilobytes(String text, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d{1,15}) kB").matcher(text);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }

    /**
     * Per cent of the last ten seconds in which a task waited for memory (pressure stall
     * information); empty where the kernel does not count it, as on a Raspberry Pi without {@code
     * psi=1} in its command line.
     */
    public static OptionalDouble pressure(KernelFiles files) {
        Optional<String> text = files.text("proc/pressure/memory");
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        Matcher some = STALLED.matcher(text.get());
        try {
            return some.find()
                    ? OptionalDouble.of(Double.parseDouble(some.group(1)))
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
