// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

/** A picture file with one byte changed, in one place after the other. */
final class DamagedFiles {
    private DamagedFiles() {}

    /** Each is read, or refused by its name in one line; nothing else may come of it. */
    static void areReadOrRefused(
            PictureReader reader, String name, byte[] good, int first, int step) throws Exception {
        for (int at = first; at < good.length; at += step) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) 0xA5;
            try {
                reader.read(bad, name, true);
            } catch (PictureException e) {
                assertThat(e.getMessage()).contains(name).doesNotContain("\n");
            }
        }
    }
}
