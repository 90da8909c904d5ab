// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.http.HttpServletResponse;

import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps the console's standard pages from showing passwords; {@link ConfigurationForm} does so in
 * the form for one configuration. The page with all configurations and those of single components
 * hide settings that are called passwords, not those in the location of a camera or the address of
 * a broker; the status of Declarative Services, which is also in the files to download, hides none.
 */
final class ShownPasswords {
    private ShownPasswords() {}

    private static final Pattern COMPONENT = Pattern.compile(".*/components/.+");

    /** The refusal of a page that would show some; empty when it may be shown. */
    static Optional<Answer> refusal(String method, String uri, ConfigurationAdmin admin) {
        String page = uri.toLowerCase(Locale.ROOT);
        boolean everything = page.contains("status-scr") || page.contains("configuration-status");
        boolean urls =
                page.contains("status-configurations")
                        || method.equals("GET") && COMPONENT.matcher(page).matches();
        List<String> found = everything || urls ? found(admin, everything) : List.of();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String words = "Refused: this page would show passwords: " + String.join(", ", found) + ".";
        return Optional.of(
                Answer.refused(
                        HttpServletResponse.SC_FORBIDDEN,
                        everything
                                ? words
                                : words + " Move them to user and .password, which it hides."));
    }

    private static List<String> found(ConfigurationAdmin admin, boolean everything) {
        List<String> found = new ArrayList<>();
        if (admin == null) {
            return found;
        }
        try {
            for (Configuration one : Configurations.list(admin, null)) {
                Dictionary<String, Object> settings = one.getProperties();
                for (String key :
                        settings == null ? List.<String>of() : Collections.list(settings.keys())) {
                    boolean password = key.toLowerCase(Locale.ROOT).contains("password");
                    if (everything && password || isSecret(settings.get(key))) {
                        found.add(key + " of " + one.getPid());
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Configurations cannot be listed", e);
        }
        Collections.sort(found);
        return found;
    }

    private static boolean isSecret(Object value) {
        return HiddenValues.texts(value).stream().anyMatch(text -> HiddenParts.of(text).any());
    }
}
