// SPDX-License-Identifier: Apache-2.0
package io.facegate.control.internal;

import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * Who may give commands: the gateway's own user and root. The kernel tells whose process is at the
 * other end, so nobody has to say a password, and nobody can lie.
 */
final class Access {
    private static final String ROOT = "root";

    private final Set<UserPrincipal> users;

    Access(Set<UserPrincipal> users) {
        this.users = Set.copyOf(users);
    }

    /**
     * The owner of a file this process has made, and root.
     *
     * @throws IOException the system does not tell
     */
    static Access ofOwner(Path file) throws IOException {
        UserPrincipal own = Files.getOwner(file);
        UserPrincipal root =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ROOT);
        return new Access(own.equals(root) ? Set.of(own) : Set.of(own, root));
    }

    /** Why the process at the other end is refused; empty when it is not. */
    Optional<String> refusal(SocketChannel caller) throws IOException {
        UnixDomainPrincipal peer = caller.getOption(ExtendedSocketOptions.SO_PEERCRED);
        if (users.contains(peer.user())) {
            return Optional.empty();
        }
        return Optional.of(
                "The gateway takes no commands from the user "
                        + peer.user().getName()
                        + "; it runs as "
                        + System.getProperty("user.name")
                        + ".");
    }
}
