// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.recognition.Corrections;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.StoreException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Corrects wrong recognitions as the page asks. The answer is one line. */
final class CorrectionChange {
    private CorrectionChange() {}

    /**
     * Carries out a request with the parameters {@code action} and, to reject, {@code event} and
     * {@code person}; to undo, {@code id}, the number of a counter-example.
     */
    static Answer apply(HttpServletRequest request, GatewayServices services) {
        try {
            return switch (String.valueOf(request.getParameter("action"))) {
                case "reject" -> reject(request, services.corrections());
                case "undo" -> undo(request, services.counterExamples());
                default -> Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "Unknown action.");
            };
        } catch (IllegalArgumentException e) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "That is no recognition.");
        } catch (StoreException e) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, e.getMessage());
        } catch (StaleServiceException e) {
            return Answer.missing("A part of the gateway is being replaced");
        }
    }

    private static Answer reject(HttpServletRequest request, Optional<Corrections> corrections)
            throws StoreException {
        String event = String.valueOf(request.getParameter("event"));
        UUID person = UUID.fromString(String.valueOf(request.getParameter("person")));
        if (corrections.isEmpty()) {
            return Answer.missing("The pipeline is missing");
        }
        corrections.get().reject(event, Optional.of(person));
        return Answer.done(
                "Corrected. Faces like this one are somebody else or unknown from now on.");
    }

    private static Answer undo(HttpServletRequest request, Optional<CounterExamples> kept)
            throws StoreException {
        long id = Long.parseLong(String.valueOf(request.getParameter("id")));
        if (kept.isEmpty()) {
            return Answer.missing("The store is missing");
        }
        return kept.get().removeCounterExamples(List.of(id)) == 0
                ? Answer.refused(HttpServletResponse.SC_CONFLICT, "It was deleted already.")
                : Answer.done("The counter-example is deleted.");
    }
}
