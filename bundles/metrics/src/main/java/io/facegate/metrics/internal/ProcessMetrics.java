// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.metrics.process.ProcessFigures;

import java.util.OptionalLong;

/** The process and the build, under the names every Prometheus client gives them. */
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void write(Exposition out, ProcessFigures process) {
        add(
                out.gauge("process_resident_memory_bytes", "Resident memory size in bytes."),
                process.residentBytes());
        add(
                out.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes."),
                process.virtualBytes());
        add(out.gauge("process_threads", "Threads, Java's and native ones."), process.threads());
        add(out.gauge("process_open_fds", "Number of open file descriptors."), process.openFiles());
        add(
                out.gauge("process_max_fds", "Maximum number of open file descriptors."),
                process.maxOpenFiles());
        process.cpuTime()
                .ifPresent(
                        time ->
                                out.counter(
                                                "process_cpu_seconds_total",
                                                "User and system CPU time spent in seconds.")
                                        .add(time.toNanos() / 1e9));
        process.startedAt()
                .ifPresent(
                        start ->
                                out.gauge(
                                                "process_start_time_seconds",
                                                "Start time of the process since unix epoch in"
                                                        + " seconds.")
                                        .add(start.toEpochMilli() / 1e3));
        out.gauge("jvm_memory_used_bytes", "Used bytes of the Java heap.")
                .add(process.heapUsedBytes(), "area", "heap");
        out.gauge("jvm_memory_max_bytes", "Most bytes of the Java heap.")
                .add(process.heapMaxBytes(), "area", "heap");
    }

    static void build(Exposition out, String version, String gateway) {
        out.gauge("facegate_build_info", "Version and gateway id; always 1.")
                .add(
                        1,
                        "version",
                        version,
                        "gateway",
                        gateway,
                        "java",
                        Runtime.version().toString(),
                        "arch",
                        System.getProperty("os.arch", ""));
    }

    private static void add(Exposition.Family family, OptionalLong value) {
        value.ifPresent(family::add);
    }
}
