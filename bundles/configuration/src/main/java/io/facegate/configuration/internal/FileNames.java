// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import java.util.Optional;
import java.util.function.Predicate;

/** How files are called after what they configure. */
final class FileNames {
    static final String END = ".config";

    private FileNames() {}

    /**
     * What a file configures.
     *
     * @param pid of the factory where there are several
     * @param name which of several; empty for the only one
     */
    record Target(String pid, Optional<String> name) {}

    static Target target(String file) {
        String whole = file.substring(0, file.length() - END.length());
        int dash = whole.indexOf('-');
        return dash < 0
                ? new Target(whole, Optional.empty())
                : new Target(whole.substring(0, dash), Optional.of(whole.substring(dash + 1)));
    }

    /**
     * A name for the file of a configuration that has none.
     *
     * @param factory empty for the only one of its PID
     * @param wish what one of several is called; empty for no wish
     * @param taken names there are
     */
    static String of(String pid, Optional<String> factory, String wish, Predicate<String> taken) {
        if (factory.isEmpty()) {
            return pid + END;
        }
        String readable =
                wish.replaceAll("[^\\p{L}\\p{N}._]+", "_").replaceAll("^[._]+|[._]+$", "");
        String first = readable.isEmpty() ? "1" : readable;
        String name = factory.get() + "-" + first + END;
        for (int i = 2; taken.test(name); i++) {
            name = factory.get() + "-" + (readable.isEmpty() ? "" : readable + "_") + i + END;
        }
        return name;
    }
}
