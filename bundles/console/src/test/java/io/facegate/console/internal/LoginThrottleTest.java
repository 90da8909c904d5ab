// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

class LoginThrottleTest {
    private final AtomicLong now = new AtomicLong(1);
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void letsInAgainAfterAMinute() {
        fail("10.0.0.1", LoginThrottle.FAILURES);
        assertThat(throttle.lockedSeconds("10.0.0.1")).isPositive();
        now.addAndGet(LoginThrottle.WINDOW_NANOS);
        assertThat(throttle.lockedSeconds("10.0.0.1")).isZero();
    }

    @Test
    void slowFailuresDoNotLock() {
        for (int i = 0; i < 20; i++) {
            fail("10.0.0.1", 1);
            now.addAndGet(LoginThrottle.WINDOW_NANOS / 4);
            assertThat(throttle.lockedSeconds("10.0.0.1")).isZero();
        }
    }

    @Test
    void successForgetsFailures() {
        fail("10.0.0.1", LoginThrottle.FAILURES - 1);
        throttle.succeeded("10.0.0.1");
        fail("10.0.0.1", LoginThrottle.FAILURES - 1);
        assertThat(throttle.lockedSeconds("10.0.0.1")).isZero();
    }

    @Test
    void neighboursOfOneIpv6NetworkAreOneAddress() {
        fail("2001:db8:1:2::1", 3);
        fail("2001:db8:1:2:ffff::7", 2);
        assertThat(throttle.lockedSeconds("2001:db8:1:2::99")).isPositive();
        assertThat(throttle.lockedSeconds("2001:db8:1:3::1")).isZero();
    }

    @Test
    void manyAddressesTakeBoundedMemory() {
        fail("first", LoginThrottle.FAILURES);
        for (int i = 0; i < 5000; i++) {
            fail("a" + i, 1);
        }
        assertThat(throttle.lockedSeconds("first")).isZero();
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.lockedSeconds(address);
            throttle.failed(address);
        }
    }
}
