// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be set. */
enum Control {
    BACKUP("backup/set"),
    RESTART("+/restart/set"),
    TOLERANCE("settings/tolerance/set"),
    DETECTION_METHOD("settings/detection_method/set");

    private final String filter;
    private final Pattern topics;

    Control(String filter) {
        this.filter = filter;
        this.topics = Pattern.compile(filter.replace("+", "[^/]+"));
    }

    static Optional<Control> named(String name) {
        return Arrays.stream(values())
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    String filter() {
        return filter;
    }

    boolean hears(String topic) {
        return topics.matcher(topic).matches();
    }
}
