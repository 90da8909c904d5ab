// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.StoreException;
import io.facegate.api.store.StoredEncoding;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The counter-examples of a person, as JSON. */
final class RejectedFaces {
    private RejectedFaces() {}

    static void send(String person, GatewayServices services, HttpServletResponse response)
            throws IOException {
        Optional<CounterExamples> kept = services.counterExamples();
        List<Map<String, Object>> faces = List.of();
        try {
            UUID id = UUID.fromString(String.valueOf(person));
            if (kept.isPresent()) {
                faces = kept.get().counterExamples(id).stream().map(RejectedFaces::face).toList();
            }
        } catch (IllegalArgumentException e) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        } catch (StoreException e) {
            response.sendError(HttpServletResponse.SC_CONFLICT);
            return;
        } catch (StaleServiceException e) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        Json.send(Map.of("faces", faces), response);
    }

    private static Map<String, Object> face(StoredEncoding example) {
        return PageData.map(
                "id", example.id(),
                "source", example.source(),
                "at", example.createdAt().toString(),
                "picture", example.hasChip());
    }
}
