// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.session;

/** What a command ends with. */
public final class ExitCode {
    public static final int DONE = 0;

    /** Something, or everything, was not done; a message says what. */
    public static final int REFUSED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
