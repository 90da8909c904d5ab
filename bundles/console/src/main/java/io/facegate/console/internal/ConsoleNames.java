// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Under which names the console is opened: IP addresses, the machine's own name, names without a
 * dot, names that end in what nobody can register ({@code .local}, {@code .lan}, {@code
 * .home.arpa}, … RFC 6761, 6762 appendix G and 8375, and the domain of a make of routers), and
 * those of the configured addresses. A page of another site whose name suddenly leads to this
 * machine (DNS rebinding) counts as the same site to a browser, but it has another name.
 */
final class ConsoleNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern PRIVATE =
            Pattern.compile(
                    ".+\\.(localhost|local|lan|home|home\\.arpa|internal|intranet|private|corp"
                            + "|localdomain|fritz\\.box)");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final Set<String> machine;
    private final Set<String> origins = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();

    /**
     * With the machine's name.
     *
     * @param origins addresses, such as {@code https://gate.example}; may be null
     */
    ConsoleNames(String[] origins) {
        this(origins, machine());
    }

    ConsoleNames(String[] origins, String machine) {
        this.machine = namesOf(machine);
        for (String origin : origins == null ? new String[0] : origins) {
            if (!origin.isBlank()) {
                add(origin.trim());
            }
        }
    }

    private void add(String configured) {
        String origin = configured.toLowerCase(Locale.ROOT).replaceAll("/$", "");
        try {
            URI uri = new URI(origin);
            String scheme = String.valueOf(uri.getScheme());
            if (uri.getHost() == null
                    || !(scheme.equals("http") || scheme.equals("https"))
                    || !origin.equals(scheme + "://" + uri.getRawAuthority())
                    || uri.getRawUserInfo() != null) {
                wrong.add(configured);
                return;
            }
            origins.add(scheme + "://" + withoutUsualPort(scheme, uri.getRawAuthority()));
            names.add(uri.getHost());
        } catch (URISyntaxException e) {
            wrong.add(configured);
        }
    }

    private static String withoutUsualPort(String scheme, String authority) {
        return authority.replaceAll(scheme.equals("https") ? ":443$" : ":80$", "");
    }

    /** Configured addresses that are none. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Whether a configured address is this origin, as browsers write it. */
    boolean isOrigin(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether the console answers to it.
     *
     * @param host the header {@code Host}; null, of a client that is no browser, is fine
     */
    boolean isHost(String host) {
        if (host == null) {
            return true;
        }
        String name = PORT.matcher(host.trim().toLowerCase(Locale.ROOT)).replaceFirst("");
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches()
                || LABEL.matcher(name).matches()
                || PRIVATE.matcher(name).matches()
                || machine.contains(name)
                || names.contains(name);
    }

    private static Set<String> namesOf(String machine) {
        String name = machine.trim().toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        if (name.isEmpty()) {
            return Set.of();
        }
        return dot > 0 ? Set.of(name, name.substring(0, dot)) : Set.of(name);
    }

    /** From the kernel: a look-up would wait for a name server that is away. */
    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException e) {
            return "";
        }
    }
}
