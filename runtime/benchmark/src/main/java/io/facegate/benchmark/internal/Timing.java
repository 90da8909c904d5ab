// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonObject;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;

/** Times calls: wall clock, and the calling thread's CPU time, which is all of it on one thread. */
final class Timing {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Timing() {}

    /** Runs a call and adds {@code millis} and {@code cpu_millis} to the answer. */
    static <T> T timed(JsonObject answer, Callable<T> call) throws Exception {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        T result = call.call();
        long end = System.nanoTime();
        answer.addProperty("cpu_millis", (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6);
        answer.addProperty("millis", (end - start) / 1e6);
        return result;
    }
}
