// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

/**
 * Netty's settings, which it takes from system properties when its classes are loaded: buffers on
 * the heap and no pool, so that nothing native outlives the bundle (pooled chunks of direct memory
 * wait for a finaliser), and no {@code sun.misc.Unsafe}, which newer Java versions warn about. This
 * broker carries a few messages a second. Artemis pools whatever the type, so that there are no
 * arenas to pool in. What the user set stays.
 */
final class NettyDefaults {
    private NettyDefaults() {}

    static void apply() {
        set("io.netty.allocator.type", "unpooled");
        set("io.netty.noPreferDirect", "true");
        set("io.netty.noUnsafe", "true");
        set("io.netty.allocator.numHeapArenas", "0");
        set("io.netty.allocator.numDirectArenas", "0");
        set("io.netty.eventLoopThreads", "2");
    }

    private static void set(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
