// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

/** What a power cut takes of that which was not synced. */
public enum Loss {
    /** Everything. */
    ALL_UNSYNCED,
    /** Nothing: as SIGKILL, which keeps the page cache. */
    NOTHING,
    /** Each write and each change of a name at random. */
    SOME_WRITES,
    /** Each sector of 512 bytes at random: writes are torn anywhere. */
    SOME_SECTORS,
    /** As {@link #SOME_WRITES}, the rest in another order and the last one torn. */
    SOME_WRITES_OUT_OF_ORDER
}
