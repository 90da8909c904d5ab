// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.http.HttpServletRequest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a request that changes something may come from where it comes from. A browser sends the
 * console's password with every request, also with one that a page of another site makes, and says
 * so in {@code Sec-Fetch-Site} or, over plain HTTP, in {@code Origin}. A client that sends neither
 * is no browser.
 */
final class SameOrigin {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private SameOrigin() {}

    /** False for a changing request another site's page made. */
    static boolean allows(HttpServletRequest request, ConsoleNames names) {
        if (READING.contains(request.getMethod().toUpperCase(Locale.ROOT))) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin == null
                || isHost(origin, request.getHeader("Host"))
                || names.isOrigin(origin);
    }

    private static boolean isHost(String origin, String host) {
        try {
            String authority = new URI(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
