// SPDX-License-Identifier: Apache-2.0
package io.facegate.shell.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.store.Gallery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a user needs to know when the gateway is up: addresses, topics, and what does not work. */
final class Banner {
    private static final String CONSOLE = "console";
    private static final String LOGIN = "console/login";
    private static final String MQTT = "mqtt";
    private static final String BROKER = "broker";
    private static final Pattern BROKER_URL =
            Pattern.compile("(?:tcp|ssl|mqtts?)://([^\\s/:,;]+)(?::(\\d{1,5}))?");

    private final Parts parts;
    private final String gateway;
    private final String version;
    private final Path data;

    Banner(Parts parts, String gateway, String version, Path data) {
        this.parts = parts;
        this.gateway = gateway;
        this.version = version;
        this.data = data;
    }

    /** Whether console, MQTT, the store and a camera are there and every part works. */
    boolean isComplete() {
        List<Condition> conditions = parts.conditions();
        return of(CONSOLE, conditions).isPresent()
                && of(MQTT, conditions).isPresent()
                && parts.store().isPresent()
                && !parts.cameras().isEmpty()
                && conditions.stream().allMatch(condition -> condition.level() == Level.OK);
    }

    /** The lines to show. */
    List<String> lines() {
        List<Condition> conditions = parts.conditions();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Facegate " + version + " is running; gateway id " + gateway);
        of(CONSOLE, conditions)
                .ifPresent(c -> lines.add(line(CONSOLE, c.message() + login(conditions))));
        of(BROKER, conditions).ifPresent(c -> lines.add(line(BROKER, c.message())));
        of(MQTT, conditions).ifPresent(c -> lines.add(line(MQTT, c.message())));
        lines.add(line("cameras", cameras()));
        parts.store().ifPresent(store -> lines.add(line("people", people(store.gallery()))));
        subscription(conditions).ifPresent(command -> lines.add(line("events", command)));
        for (Condition condition : conditions) {
            if (condition.level() != Level.OK) {
                String level = condition.level().name().toLowerCase(Locale.ROOT);
                lines.add("! " + condition.part() + " " + level + ": " + condition.message());
            }
        }
        lines.add("");
        return lines;
    }

    private static String line(String head, String text) {
        return String.format(Locale.ROOT, "  %-8s %s", head, text);
    }

    private static Optional<Condition> of(String part, List<Condition> conditions) {
        return conditions.stream().filter(condition -> condition.part().equals(part)).findFirst();
    }

    /** {@code (user admin, password in FILE)}, as far as known. */
    private String login(List<Condition> conditions) {
        List<String> known = new ArrayList<>();
        of(LOGIN, conditions).ifPresent(condition -> known.add(condition.message()));
        Path file = data.resolve("console.password");
        if (Files.exists(file)) {
            known.add("password in " + file);
        }
        return known.isEmpty() ? "" : "  (" + String.join(", ", known) + ")";
    }

    private String cameras() {
        String cameras =
                parts.cameras().stream().map(Banner::camera).collect(Collectors.joining(", "));
        return cameras.isEmpty() ? "none; see facegate run --help" : cameras;
    }

    private static String camera(Camera camera) {
        CameraStatus status = camera.status();
        String state = status.state().name().toLowerCase(Locale.ROOT);
        return camera.id() + " " + state + " (" + camera.location() + ")";
    }

    private static String people(Gallery gallery) {
        long encodings = gallery.people().stream().mapToLong(person -> person.encodings()).sum();
        return count(gallery.people().size(), "person", "people")
                + " with "
                + count(encodings, "encoding", "encodings");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** A line to type that shows the events; the client's address, without its secrets. */
    private Optional<String> subscription(List<Condition> conditions) {
        return of(MQTT, conditions)
                .map(condition -> BROKER_URL.matcher(condition.message()))
                .filter(Matcher::find)
                .map(
                        url ->
                                "mosquitto_sub -h "
                                        + url.group(1)
                                        + " -p "
                                        + Optional.ofNullable(url.group(2)).orElse("1883")
                                        + " -t '+/"
                                        + gateway
                                        + "/events'");
    }
}
