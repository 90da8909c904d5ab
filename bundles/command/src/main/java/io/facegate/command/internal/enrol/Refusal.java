// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

/** How a refused picture is spoken of. */
public final class Refusal {
    private Refusal() {}

    /**
     * One line.
     *
     * @param picture its name
     * @param why the reason, which may begin with the name itself
     */
    public static String line(String picture, String why) {
        return "refused " + (why.startsWith(picture) ? why : picture + ": " + why);
    }
}
