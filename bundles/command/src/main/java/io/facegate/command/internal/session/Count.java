// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

/** A number with its noun. */
public final class Count {
    private Count() {}

    /** {@code 1 face}, {@code 2 faces}. */
    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
