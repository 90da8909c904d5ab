// SPDX-License-Identifier: Apache-2.0
package io.facegate.broker.users;

/**
 * Topics that may be read, written or both.
 *
 * @param read whether they may be subscribed to
 * @param write whether they may be published to
 * @param filter as in MQTT (section 4.7), with {@code %u} for the user's name
 */
public record TopicRule(boolean read, boolean write, String filter) {
    private static final String USER = "%u";

    /**
     * Checks the filter.
     *
     * @throws IllegalArgumentException the message says what is wrong
     */
    static TopicRule of(String access, String filter) {
        boolean both = access.equals("readwrite");
        if (!both && !access.equals("read") && !access.equals("write")) {
            throw new IllegalArgumentException(
                    "'" + access + "' is none of read, write and readwrite");
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].contains("#") || levels[i].contains("+");
            if (wild && levels[i].length() > 1 || levels[i].equals("#") && i < levels.length - 1) {
                throw new IllegalArgumentException("'" + filter + "' is no filter of topics");
            }
        }
        return new TopicRule(both || access.equals("read"), both || access.equals("write"), filter);
    }

    /** Whether all that a topic or filter means is covered by the rule of a user. */
    public boolean covers(String topicOrFilter, String user) {
        if (topicOrFilter.startsWith("$") != filter.startsWith("$")) {
            return false;
        }
        // a user's name with a wildcard in it must not widen the rule
        boolean wild = user.contains("+") || user.contains("#") || user.contains("/");
        if (wild && filter.contains(USER)) {
            return false;
        }
        String[] allowed = filter.replace(USER, user).split("/", -1);
        String[] asked = topicOrFilter.split("/", -1);
        for (int i = 0; i < allowed.length; i++) {
            if (allowed[i].equals("#")) {
                return true;
            }
            if (i == asked.length) {
                return false;
            }
            boolean single = allowed[i].equals("+") && !asked[i].equals("#");
            if (!single && !allowed[i].equals(asked[i])) {
                return false;
            }
        }
        return asked.length == allowed.length;
    }
}
