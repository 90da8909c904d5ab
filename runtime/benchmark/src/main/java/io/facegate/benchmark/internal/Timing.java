// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Times calls: wall clock, and CPU time of all threads of the process. */
final class Timing {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Timing() {}

    /** Runs a call and adds {@code millis} and {@code cpu_millis} to the answer. */
    static <T> T timed(JsonObject answer, Callable<T> call) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        T result = call.call();
        long end = System.nanoTime();
        answer.addProperty("millis", (end - start) / 1e6);
        answer.addProperty("cpu_millis", (SYSTEM.getProcessCpuTime() - cpu) / 1e6);
        return result;
    }
}
