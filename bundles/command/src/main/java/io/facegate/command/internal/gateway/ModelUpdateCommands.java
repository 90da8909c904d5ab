// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.gateway;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.facegate.api.model.ModelInfo;
import io.facegate.api.model.ModelKey;
import io.facegate.api.model.ModelKind;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.model.UpdateStatus.Offer;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.ModelCoverage;
import io.facegate.api.store.Person;
import io.facegate.api.store.Reencoding;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.Json;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import org.osgi.framework.Version;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The encoder in use, the one that is offered, and going from one to the other. */
final class ModelUpdateCommands {
    private final Session session;

    ModelUpdateCommands(Session session) {
        this.session = session;
    }

    int status(boolean json) throws MissingPartException {
        ModelUpdates updates = session.require(ModelUpdates.class);
        session.await(
                () -> Optional.of(updates.status()).filter(s -> s.inUse().isPresent()),
                session.patience());
        UpdateStatus status = counted(updates.status());
        if (json) {
            JsonObject told = json(status);
            told.add("kept", new ModelClearing(session).json());
            session.out().println(Json.text(told));
        } else {
            print(status);
            new ModelClearing(session).lines(status).forEach(session.out()::println);
        }
        return status.inUse().isPresent() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    int use(String name) throws MissingPartException {
        ModelUpdates updates = session.require(ModelUpdates.class);
        ModelRegistry registry = session.require(ModelRegistry.class);
        Optional<ModelKey> key = session.await(() -> find(registry, name), Duration.ofSeconds(10));
        if (key.isEmpty()) {
            session.err()
                    .println(
                            "There is no encoder "
                                    + name
                                    + ": facegate model list shows those installed; others are"
                                    + " installed by putting their bundle into the folder load.");
            return ExitCode.REFUSED;
        }
        if (updates.status().inUse().equals(key)) {
            updates.activate(key.get());
            session.await(() -> updates.status().coverage(), UpdateProgress.LONGEST);
            session.out()
                    .println(
                            key.get().id()
                                    + " is in use"
                                    + coverage(updates.status().coverage())
                                    + ".");
            return ExitCode.DONE;
        }
        try {
            updates.activate(key.get());
        } catch (IllegalArgumentException e) {
            session.err().println(e.getMessage());
            return ExitCode.REFUSED;
        }
        return follow(updates, key.get());
    }

    private int follow(ModelUpdates updates, ModelKey key) {
        Optional<String> why = new UpdateProgress(session, updates, key).end();
        if (why.isEmpty()) {
            session.out().println(key.id() + " is in use.");
            return ExitCode.DONE;
        }
        session.err().println(key.id() + " is " + why.get() + ".");
        return ExitCode.REFUSED;
    }

    int rollback() throws MissingPartException, IOException {
        ModelUpdates updates = session.require(ModelUpdates.class);
        Optional<ModelKey> previous = updates.rollBack();
        if (previous.isEmpty()) {
            session.err().println("There is no encoder before the one in use to go back to.");
            return ExitCode.REFUSED;
        }
        boolean done =
                session.await(
                                () ->
                                        Optional.of(updates.status())
                                                .filter(s -> s.inUse().equals(previous)),
                                session.patience())
                        .isPresent();
        session.out()
                .println(
                        previous.get().id()
                                + (done ? " is in use." : " is chosen; it is not installed now."));
        return ExitCode.DONE;
    }

    private static Optional<ModelKey> find(ModelRegistry registry, String name) {
        return registry.models().stream()
                .map(ModelState::info)
                .filter(info -> info.kind() == ModelKind.ENCODER)
                .filter(
                        info ->
                                info.id().equals(name)
                                        || (info.id() + ":" + info.version()).equals(name))
                .max(Comparator.comparing(ModelInfo::version, ModelUpdateCommands::newer))
                .map(ModelInfo::key);
    }

    private static int newer(String one, String other) {
        return Version.parseVersion(one).compareTo(Version.parseVersion(other));
    }

    /** Without a running gateway nobody has counted yet. */
    private UpdateStatus counted(UpdateStatus status) throws MissingPartException {
        if (status.coverage().isPresent() || status.inUse().isEmpty()) {
            return status;
        }
        try {
            ModelCoverage coverage =
                    session.require(Reencoding.class).coverage(status.inUse().get());
            return new UpdateStatus(
                    status.inUse(), Optional.of(coverage), status.previous(), status.offer());
        } catch (StoreException e) {
            return status; // the condition store says what is wrong
        }
    }

    private void print(UpdateStatus status) {
        session.out()
                .println(
                        status.inUse()
                                .map(key -> "In use: " + key.id() + coverage(status.coverage()))
                                .orElse("No encoder is in use."));
        status.previous()
                .filter(key -> !status.inUse().equals(Optional.of(key)))
                .ifPresent(
                        key ->
                                session.out()
                                        .println(
                                                "Before it: "
                                                        + key.id()
                                                        + ", gone back to with facegate model"
                                                        + " rollback"));
        status.offer().ifPresent(offer -> details(offer).forEach(session.out()::println));
    }

    private static String coverage(Optional<ModelCoverage> coverage) {
        return coverage.map(
                        c ->
                                ", %d of %d people and %d of %d faces are encoded with it"
                                        .formatted(
                                                c.peopleEncoded(),
                                                c.people(),
                                                c.facesEncoded(),
                                                c.faces()))
                .orElse("");
    }

    private List<String> details(Offer offer) {
        List<String> lines = new ArrayList<>();
        lines.add("Offered: " + UpdateProgress.line(offer));
        offer.gallery()
                .ifPresent(
                        g -> {
                            lines.add(
                                    "  Each face told by the others: %d of %d right (%d with the one in use), %d wrong (%d)"
                                            .formatted(
                                                    g.rightAfter(),
                                                    g.faces(),
                                                    g.rightBefore(),
                                                    g.wrongAfter(),
                                                    g.wrongBefore()));
                            if (!g.worse().isEmpty()) {
                                lines.add(
                                        "  Told less well: " + String.join(", ", names(g.worse())));
                            }
                        });
        offer.live()
                .ifPresent(
                        l ->
                                lines.add(
                                        "  Before the cameras: %d faces, %d told the same, %d found, %d lost, %d named differently"
                                                .formatted(
                                                        l.faces(), l.same(), l.found(), l.lost(),
                                                        l.other())));
        return lines;
    }

    private List<String> names(List<UUID> people) {
        Optional<EncodingStore> store = session.parts().find(EncodingStore.class);
        return store.map(
                        s ->
                                s.gallery().people().stream()
                                        .filter(person -> people.contains(person.id()))
                                        .map(Person::name)
                                        .toList())
                .orElse(List.of());
    }

    private static JsonObject json(UpdateStatus status) {
        JsonObject json = new JsonObject();
        status.inUse().ifPresent(key -> json.add("in_use", json(key)));
        status.coverage()
                .ifPresent(
                        c -> {
                            json.addProperty("people", c.people());
                            json.addProperty("people_encoded", c.peopleEncoded());
                            json.addProperty("faces", c.faces());
                            json.addProperty("faces_encoded", c.facesEncoded());
                            JsonArray names = new JsonArray();
                            c.needPhotos().forEach(names::add);
                            json.add("need_photos", names);
                        });
        status.previous().ifPresent(key -> json.add("previous", json(key)));
        status.offer().ifPresent(offer -> json.add("offered", json(offer)));
        return json;
    }

    private static JsonObject json(ModelKey key) {
        JsonObject json = new JsonObject();
        json.addProperty("id", key.id());
        json.addProperty("weights", key.weights());
        return json;
    }

    private static JsonObject json(Offer offer) {
        JsonObject json = json(offer.model().key());
        json.addProperty("version", offer.model().version());
        json.addProperty("phase", offer.phase().name().toLowerCase(Locale.ROOT));
        json.addProperty("faces_encoded", offer.done());
        json.addProperty("faces", offer.of());
        json.addProperty("faces_per_second", Math.round(10 * offer.facesPerSecond()) / 10.0);
        json.addProperty("message", offer.message());
        return json;
    }
}
