// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

import java.util.regex.Pattern;

/**
 * Who may log in at the embedded broker.
 *
 * @param name printable characters without blanks and colons
 * @param role name of a role
 * @param hash of the password
 */
public record BrokerUser(String name, String role, PasswordHash hash) {
    private static final Pattern NAME =
            Pattern.compile("[^\\s:#\\p{Cntrl}][^\\s:\\p{Cntrl}]{0,63}");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    /**
     * @throws IllegalArgumentException the message says what a name and a role look like
     */
    public BrokerUser {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a user's name has 1 to 64 characters, no blanks and no colons");
        }
        if (!ROLE.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "a role's name begins with a small letter and has small letters, digits, - and"
                            + " _");
        }
    }

    /** A line of the file: name, role and hash, with colons. */
    static BrokerUser parse(String line) {
        String[] parts = line.split(":", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a line is name:role:hash");
        }
        return new BrokerUser(
                parts[0].strip(), parts[1].strip(), PasswordHash.parse(parts[2].strip()));
    }

    String line() {
        return name + ":" + role + ":" + hash;
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
