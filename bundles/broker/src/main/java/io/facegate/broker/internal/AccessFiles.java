// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.internal;

import io.facegate.broker.users.AclFile;
import io.facegate.broker.users.BrokerUser;
import io.facegate.broker.users.TopicRule;
import io.facegate.broker.users.UsersFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files of users and of what their roles may do, as they were when last looked at. A file that
 * becomes unreadable changes nothing; one that is so from the beginning lets nobody in. Refreshed
 * by one thread, read by any.
 */
final class AccessFiles {
    private final Optional<Path> folder;
    private volatile Content content = new Content(false, Map.of(), Map.of(), "");
    private String seen = "";

    /**
     * What the files say.
     *
     * @param present whether there is a file of users
     * @param problem what is wrong with them and what to do; empty when nothing is
     */
    record Content(
            boolean present,
            Map<String, BrokerUser> users,
            Map<String, List<TopicRule>> roles,
            String problem) {
        /** What a user's role may do; nothing when there is no such role. */
        List<TopicRule> rules(String user) {
            BrokerUser known = users.get(user);
            return known == null ? List.of() : roles.getOrDefault(known.role(), List.of());
        }

        /** Whether a user has the same role, password and rights as in another content. */
        boolean same(String user, Content other) {
            BrokerUser known = users.get(user);
            return known != null
                    && known.equals(other.users.get(user))
                    && rules(user).equals(other.rules(user));
        }
    }

    /**
     * @param folder where the files are looked for; empty for none
     */
    AccessFiles(Optional<Path> folder) {
        this.folder = folder;
    }

    Content content() {
        return content;
    }

    /**
     * Looks at the files.
     *
     * @return whether something changed since the last look
     */
    boolean refresh() {
        if (folder.isEmpty()) {
            return false;
        }
        UsersFile users = new UsersFile(folder.get().resolve(UsersFile.NAME));
        AclFile acl = new AclFile(folder.get().resolve(AclFile.NAME));
        String now = stamp(users.path()) + stamp(acl.path());
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        Content before = content;
        content = read(users, acl, before);
        return !content.equals(before);
    }

    private static Content read(UsersFile users, AclFile acl, Content before) {
        boolean present = Files.exists(users.path());
        try {
            Map<String, BrokerUser> all = users.read();
            Map<String, List<TopicRule>> roles = acl.read();
            TreeSet<String> missing = new TreeSet<>();
            all.values().stream()
                    .filter(user -> !roles.containsKey(user.role()))
                    .forEach(user -> missing.add(user.role()));
            String problem =
                    missing.isEmpty()
                            ? ""
                            : acl.path()
                                    + " has no role "
                                    + String.join(", ", missing)
                                    + ": its users may do nothing; add the role there";
            return new Content(present, all, roles, problem);
        } catch (IOException e) {
            return new Content(
                    present,
                    before.users(),
                    before.roles(),
                    e.getMessage() + ": correct it; until then the users and roles of before hold");
        }
    }

    private static String stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file) + "\n";
        } catch (IOException e) {
            return "-\n";
        }
    }
}
