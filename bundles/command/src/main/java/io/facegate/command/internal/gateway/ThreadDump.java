// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Map;

/** What every thread of this process is doing. */
final class ThreadDump {
    private ThreadDump() {}

    /** Since when the process runs, by the clock that nobody sets. */
    static long upSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
    }

    /** Each thread with its state and its calls, by name; blocks the process for a moment. */
    static String text() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> add(text, entry));
        return text.toString();
    }

    private static void add(StringBuilder text, Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        text.append('"').append(thread.getName()).append("\" ").append(thread.getState());
        text.append(thread.isDaemon() ? " daemon\n" : "\n");
        for (StackTraceElement call : entry.getValue()) {
            text.append("    at ").append(call).append('\n');
        }
        text.append('\n');
    }
}
