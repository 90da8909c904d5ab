// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal.message;

/** Filters of topics, MQTT 3.1.1 section 4.7. */
public final class TopicFilter {
    private TopicFilter() {}

    /** Whether a broker takes the filter. */
    public static boolean valid(String filter) {
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wildcard = levels[i].contains("+") || levels[i].contains("#");
            if (wildcard && levels[i].length() > 1
                    || levels[i].equals("#") && i < levels.length - 1) {
                return false;
            }
        }
        return !filter.isEmpty() && filter.indexOf(0) < 0;
    }

    /** Whether a topic is one of those a filter means. */
    public static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            boolean matches =
                    i < levels.length && (wanted[i].equals("+") || wanted[i].equals(levels[i]));
            if (!matches) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
