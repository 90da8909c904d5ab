// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal.discovery;

import org.w3c.dom.Element;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A device that answered a probe (WS-Discovery 1.0, April 2005, section 5.3).
 *
 * @param addresses of its device service
 * @param scopes what it says of itself, as URIs (ONVIF Core Specification, 7.3.3.2)
 */
record ProbeMatch(List<String> addresses, List<String> scopes) {
    private static final String SCOPE = "onvif://www.onvif.org/";

    ProbeMatch {
        addresses = List.copyOf(addresses);
        scopes = List.copyOf(scopes);
    }

    /**
     * Reads an answer; devices that are no cameras, such as printers, are left out.
     *
     * @throws IOException it is no XML
     */
    static List<ProbeMatch> read(byte[] answer) throws IOException {
        List<ProbeMatch> matches = new ArrayList<>();
        for (Element match : Xml.all(Xml.read(answer), "ProbeMatch")) {
            List<String> addresses =
                    words(Xml.text(match, "XAddrs")).stream()
                            .filter(address -> address.startsWith("http"))
                            .toList();
            List<String> scopes = words(Xml.text(match, "Scopes"));
            boolean isOnvif =
                    Xml.text(match, "Types").contains("NetworkVideoTransmitter")
                            || scopes.stream().anyMatch(scope -> scope.startsWith(SCOPE));
            if (isOnvif && !addresses.isEmpty()) {
                matches.add(new ProbeMatch(addresses, scopes));
            }
        }
        return matches;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    /** Of a kind of scope, such as {@code name} or {@code hardware}, the first; empty: none. */
    String scope(String kind) {
        String start = SCOPE + kind + "/";
        return scopes.stream()
                .filter(scope -> scope.startsWith(start))
                .map(scope -> plain(scope.substring(start.length())))
                .findFirst()
                .orElse("");
    }

    private static String plain(String part) {
        try {
            return Xml.printable(
                    URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return part; // a % that is no escape
        }
    }

    /** The address to be spoken to: where the answer came from, if it is among them. */
    String address(String sender) {
        return addresses.stream()
                .filter(address -> address.matches("https?://\\Q" + sender + "\\E(?:[:/].*)?"))
                .findFirst()
                .orElse(addresses.get(0));
    }
}
