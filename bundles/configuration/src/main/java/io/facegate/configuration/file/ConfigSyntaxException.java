// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

/** What is wrong in a file of configuration, where, and how it is right. */
public final class ConfigSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    ConfigSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }
}
