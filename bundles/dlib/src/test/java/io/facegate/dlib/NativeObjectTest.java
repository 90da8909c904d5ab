// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

class NativeObjectTest {
    private static final class Bytes extends NativeObject<BytePointer> {
        Bytes(BytePointer pointer) {
            super(pointer);
        }
    }

    @Test
    void closeFreesTheMemory() {
        BytePointer pointer = new BytePointer(1000);
        new Bytes(pointer).close();
        assertThat(pointer.isNull()).isTrue();
    }

    @Test
    void lastCallFreesTheMemoryAfterClose() throws InterruptedException {
        BytePointer pointer = new BytePointer(1000);
        Bytes bytes = new Bytes(pointer);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Boolean> aliveWhileCalled =
                CompletableFuture.supplyAsync(
                        () ->
                                bytes.call(
                                        p -> {
                                            entered.countDown();
                                            await(closed);
                                            return !p.isNull();
                                        }));
        entered.await();
        bytes.close();
        assertThat(pointer.isNull()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> bytes.call(p -> p));
        closed.countDown();
        assertThat(aliveWhileCalled.join()).isTrue();
        assertThat(pointer.isNull()).isTrue();
    }

    @Test
    void foreignScopeDoesNotFreeTheMemory() {
        Bytes bytes;
        try (PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            bytes = new Bytes(new BytePointer(1000));
        }
        boolean freed = bytes.call(p -> p.isNull());
        assertThat(freed).isFalse();
        bytes.close();
    }

    @Test
    void callsInTurnDoNotOverlap() {
        Bytes bytes = new Bytes(new BytePointer(1).put(0, (byte) 0));
        CompletableFuture<?>[] calls = new CompletableFuture<?>[4];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = CompletableFuture.runAsync(() -> increment(bytes, 25));
        }
        CompletableFuture.allOf(calls).join();
        byte sum = bytes.call(p -> p.get(0));
        assertThat(sum).isEqualTo((byte) 100);
        bytes.close();
    }

    private static void increment(Bytes bytes, int times) {
        for (int i = 0; i < times; i++) {
            bytes.callInTurn(p -> p.put(0, (byte) (p.get(0) + 1)));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
