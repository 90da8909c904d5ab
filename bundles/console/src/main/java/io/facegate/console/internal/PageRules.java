// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Headers that tell a browser what a page may do: be in no frame, load and send nothing beyond this
 * gateway, be read by no other site. The web console begins every page with scripts of its own
 * within the page, so that these are allowed below its root; its tables, but not the Facegate page,
 * need {@code eval}. Pages of other bundles choose what they load.
 */
final class PageRules {
    private static final String NO_FRAME = "frame-ancestors 'none'";
    private static final String CONSOLE =
            "default-src 'self'; script-src 'self' 'unsafe-inline'%s; style-src 'self'"
                    + " 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri"
                    + " 'none'; form-action 'self'; "
                    + NO_FRAME;
    private static final String OWN = CONSOLE.formatted("");
    private static final String STANDARD = CONSOLE.formatted(" 'unsafe-eval'");

    private final String root;

    /**
     * For a console there.
     *
     * @param root path of the web console; null or blank: {@code /system/console}
     */
    PageRules(String root) {
        this.root = root == null || root.isBlank() ? "/system/console" : root.trim();
    }

    void apply(String path, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy(path));
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // Not no-referrer: forms would then say that they come from nowhere.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    private String policy(String path) {
        String own = root + "/" + ConsolePage.LABEL;
        if (path.equals(own) || path.startsWith(own + "/")) {
            return OWN;
        }
        return path.equals(root) || path.startsWith(root + "/") ? STANDARD : NO_FRAME;
    }
}
