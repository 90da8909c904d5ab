// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Locks an address out for the rest of a minute after five wrong passwords within it. An IPv6
 * client owns its whole /64 network, so that is its address here. Thread-safe.
 */
final class LoginThrottle {
    static final int FAILURES = 5;
    static final long WINDOW_NANOS = 60_000_000_000L;
    private static final int ADDRESSES = 1024;

    private final LongSupplier nanoClock;
    private final Map<String, Deque<Long>> failures =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
                    return size() > ADDRESSES;
                }
            };

    LoginThrottle(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Seconds until an address may try again; 0 when it may now. */
    synchronized long lockedSeconds(String address) {
        Deque<Long> times = failures.get(network(address));
        if (times == null) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        while (!times.isEmpty() && now - times.peekFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
        if (times.size() < FAILURES) {
            return 0;
        }
        return (WINDOW_NANOS - (now - times.peekFirst())) / 1_000_000_000L + 1;
    }

    /** Counts a wrong password; whether that was the one that locks the address out. */
    synchronized boolean failed(String address) {
        Deque<Long> times = failures.computeIfAbsent(network(address), a -> new ArrayDeque<>());
        times.addLast(nanoClock.getAsLong());
        return times.size() == FAILURES;
    }

    /** Forgets an address's failures. */
    synchronized void succeeded(String address) {
        failures.remove(network(address));
    }

    private static String network(String address) {
        if (address == null || address.indexOf(':') < 0) {
            return String.valueOf(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed instanceof Inet6Address) {
                return Arrays.toString(Arrays.copyOf(parsed.getAddress(), 8));
            }
            return parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
