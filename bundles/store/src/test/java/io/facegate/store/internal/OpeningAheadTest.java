// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facegate.api.store.StoreException;
import io.facegate.store.internal.Sealing.Content;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class OpeningAheadTest {
    private static final int MANY = 5000;

    private final Sealing sealing = new Sealing(Optional.of(new StoreKey(new byte[32])));

    private byte[] sealed(int value) {
        return sealing.seal(Content.ENCODING, ByteBuffer.allocate(512).putInt(value).array());
    }

    @Test
    void valuesComeInTheOrderInWhichTheyWereGiven() throws Exception {
        List<Integer> taken = new ArrayList<>();
        try (OpeningAhead<String> opening =
                new OpeningAhead<>(
                        sealing,
                        (owner, value, row) -> {
                            assertThat(owner).isEqualTo("owner of " + row);
                            assertThat(value).hasSize(512);
                            taken.add(ByteBuffer.wrap(value).getInt());
                        })) {
            for (int i = 0; i < MANY; i++) {
                opening.add("owner of " + i, sealed(i), i);
            }
            opening.finish();
        }
        assertThat(taken).containsExactlyElementsOf(IntStream.range(0, MANY).boxed().toList());
    }

    @Test
    void damagedOneAmongManyIsNamed() {
        assertThatThrownBy(
                        () -> {
                            try (OpeningAhead<String> opening =
                                    new OpeningAhead<>(sealing, (owner, value, row) -> {})) {
                                for (int i = 0; i < MANY; i++) {
                                    byte[] sealed = sealed(i);
                                    sealed[40] ^= (byte) (i == 1234 ? 1 : 0);
                                    opening.add("", sealed, i);
                                }
                                opening.finish();
                            }
                        })
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("encoding 1234 cannot be decrypted");
    }
}
