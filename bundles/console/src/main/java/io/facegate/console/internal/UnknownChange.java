// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Names, ignores and forgets unknown people as the page asks. The answer is one line. */
final class UnknownChange {
    private static final int LONGEST = 64 * SeenData.UNKNOWN;

    private UnknownChange() {}

    /**
     * Carries out a request with the parameters {@code action} (name, ignore, notice, forget),
     * {@code ids} separated by commas, and {@code name}.
     */
    static Answer apply(HttpServletRequest request, Optional<UnknownPeople> service) {
        if (request.getContentLengthLong() > LONGEST) {
            return Answer.refused(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "That is too many.");
        }
        List<UUID> ids = ids(request.getParameter("ids"));
        if (ids.isEmpty()) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "Choose somebody first.");
        }
        if (service.isEmpty()) {
            return Answer.missing("Unknown people are not kept");
        }
        try {
            return apply(request, service.get(), ids);
        } catch (StoreException e) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, e.getMessage());
        } catch (StaleServiceException e) {
            return Answer.missing("A part of the gateway is being replaced");
        }
    }

    private static Answer apply(HttpServletRequest request, UnknownPeople people, List<UUID> ids)
            throws StoreException {
        String who = ids.size() == 1 ? "One unknown person" : ids.size() + " unknown people";
        switch (String.valueOf(request.getParameter("action"))) {
            case "name":
                String name = request.getParameter("name");
                if (name == null || name.isBlank()) {
                    return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "A name is needed.");
                }
                Person person = people.name(ids, name.trim());
                return Answer.done(
                        person.name() + " has " + person.encodings() + " encodings now.");
            case "ignore":
                ignore(people, ids, true);
                return Answer.done(who + (ids.size() == 1 ? " is" : " are") + " ignored now.");
            case "notice":
                ignore(people, ids, false);
                return Answer.done(who + (ids.size() == 1 ? " is" : " are") + " told of again.");
            case "forget":
                int count = people.forget(ids);
                return Answer.done(
                        count
                                + (count == 1
                                        ? " unknown person is forgotten."
                                        : " unknown people are forgotten."));
            default:
                return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "Unknown action.");
        }
    }

    private static void ignore(UnknownPeople people, List<UUID> ids, boolean ignored)
            throws StoreException {
        for (UUID id : ids) {
            people.setIgnored(id, ignored);
        }
    }

    private static List<UUID> ids(String text) {
        List<UUID> ids = new ArrayList<>();
        try {
            for (String id : text == null || text.isBlank() ? new String[0] : text.split(",")) {
                ids.add(UUID.fromString(id.trim()));
            }
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        return ids;
    }
}
