// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.erasure.Eraser;
import io.facegate.api.erasure.ErasureReceipt;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Renames, deletes and enrols people as the page asks. The answer is one line for the user.
 * Enrolling blocks the request for as long as the picture is encoded, one at a time.
 */
final class PeopleChange {
    /** Largest picture taken, in bytes. */
    static final long LARGEST_PICTURE = 30L << 20;

    private static final long LONGEST_FIELD = 4096;

    private final Semaphore enrolling = new Semaphore(1);

    /**
     * Carries out a request with the parameters {@code action} (rename, delete, enrol), {@code
     * name}, and {@code to} or the part {@code picture}.
     */
    Answer apply(
            HttpServletRequest request,
            Optional<EncodingStore> store,
            Optional<Enroller> enroller,
            Optional<Eraser> eraser)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > LARGEST_PICTURE) {
            return Answer.refused(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "The picture is larger than " + (LARGEST_PICTURE >> 20) + " MB.");
        }
        String action = parameter(request, "action");
        String name = parameter(request, "name");
        if (name.isEmpty()) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "A name is needed.");
        }
        try {
            switch (action) {
                case "rename":
                    return rename(store, name, parameter(request, "to"));
                case "delete":
                    return delete(eraser, name);
                case "enrol":
                    return isUpload(request)
                            ? enrol(enroller, name, request.getPart("picture"))
                            : Answer.refused(
                                    HttpServletResponse.SC_BAD_REQUEST, "A picture is needed.");
                default:
                    return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "Unknown action.");
            }
        } catch (StoreException | EnrolmentException e) {
            return Answer.refused(HttpServletResponse.SC_CONFLICT, e.getMessage());
        } catch (StaleServiceException e) {
            return Answer.missing("A part of the gateway is being replaced");
        }
    }

    private static Answer rename(Optional<EncodingStore> store, String from, String to)
            throws StoreException {
        if (store.isEmpty()) {
            return Answer.missing("The store is missing");
        }
        if (to.isEmpty()) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "A new name is needed.");
        }
        Person person = store.get().rename(from, to);
        return Answer.done(from + " is called " + person.name() + " now.");
    }

    private static Answer delete(Optional<Eraser> eraser, String name) throws StoreException {
        if (eraser.isEmpty()) {
            return Answer.missing("The erasure is missing");
        }
        ErasureReceipt receipt = eraser.get().erase(List.of(name)).get(0);
        return Answer.done(
                receipt.complete()
                        ? name + " is deleted."
                        : name + " is deleted; what is out of reach now is erased later.");
    }

    private Answer enrol(Optional<Enroller> enroller, String name, Part picture)
            throws IOException, EnrolmentException {
        if (enroller.isEmpty()) {
            return Answer.missing("The pipeline is missing");
        }
        if (picture == null || picture.getSize() == 0) {
            return Answer.refused(HttpServletResponse.SC_BAD_REQUEST, "A picture is needed.");
        }
        if (!enrolling.tryAcquire()) {
            return Answer.refused(
                    HttpServletResponse.SC_CONFLICT, "Another picture is being added.");
        }
        Path file = Files.createTempFile("facegate-", ".picture");
        try {
            try (InputStream in = picture.getInputStream()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            Enrolment enrolment =
                    enroller.get()
                            .enrol(
                                    name,
                                    file,
                                    "console/" + fileName(picture),
                                    RecognitionOptions.PICTURE,
                                    Enroller.Faces.REFUSE);
            Person person = enrolment.person();
            return Answer.done(
                    enrolment.unchanged()
                            ? "This picture of " + person.name() + " was there already."
                            : person.name() + " has " + person.encodings() + " encodings now.");
        } finally {
            Files.deleteIfExists(file);
            enrolling.release();
        }
    }

    private static String fileName(Part picture) {
        String submitted = picture.getSubmittedFileName();
        if (submitted == null) {
            return "picture";
        }
        String name =
                submitted.substring(
                        Math.max(submitted.lastIndexOf('/'), submitted.lastIndexOf('\\')) + 1);
        String clean = name.replaceAll("\\p{Cntrl}", "");
        return clean.substring(0, Math.min(200, clean.length()));
    }

    private static String parameter(HttpServletRequest request, String name)
            throws IOException, ServletException {
        if (!isUpload(request)) {
            String value = request.getParameter(name);
            return value == null ? "" : value.trim();
        }
        // Not getParameter: it takes the fields of an upload for Latin 1, browsers send UTF-8.
        Part field = request.getPart(name);
        if (field == null || field.getSize() > LONGEST_FIELD) {
            return "";
        }
        try (InputStream in = field.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith("multipart/form-data");
    }
}
