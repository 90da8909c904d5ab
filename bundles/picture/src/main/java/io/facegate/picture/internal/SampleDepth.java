// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

/**
 * Samples of some bits to 8 bits, as Pillow does: of more the upper 8, fewer (BMP has 5 and 6)
 * stretched to the whole range.
 *
 * @param bits of a sample without a sign, 1 to 32
 */
record SampleDepth(int bits) {
    /** 0 to 255. */
    int toByte(int sample) {
        return bits >= 8 ? sample >>> bits - 8 : sample * 255 / ((1 << bits) - 1);
    }
}
