// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.mqtt.internal.fake.Gateway;

/** Runs a publisher until the process is killed. */
final class KilledPublisher {
    private KilledPublisher() {}

    public static void main(String[] args) throws InterruptedException {
        new PublisherLoop(TestSettings.of(args[0]), new Gateway()).start();
        Thread.sleep(60_000);
    }
}
