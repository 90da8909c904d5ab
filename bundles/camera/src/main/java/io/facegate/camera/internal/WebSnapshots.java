// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A picture at a URL; the server is asked only for a newer one where it can tell. */
final class WebSnapshots implements Snapshots {
    private static final int MAX_BYTES = 50_000_000;

    private final CameraHttp http;
    private final WebErrors errors;
    private final Map<String, String> conditions = new LinkedHashMap<>();
    private byte[] first;

    /** {@code answer} and {@code first}: the first answer and its body, if it was read already. */
    WebSnapshots(CameraHttp http, WebErrors errors, CameraHttp.Answer answer, byte[] first) {
        this.http = http;
        this.errors = errors;
        this.first = first;
        keepConditions(answer);
    }

    @Override
    public Optional<byte[]> fetch() throws IOException {
        if (first != null) {
            byte[] now = first;
            first = null;
            return Optional.of(now);
        }
        try (CameraHttp.Answer answer = http.get(conditions)) {
            if (answer.status() == 304) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw errors.status(answer);
            }
            keepConditions(answer);
            return Optional.of(read(answer.body()));
        } catch (IOException e) {
            throw errors.failure(e);
        }
    }

    private void keepConditions(CameraHttp.Answer answer) {
        conditions.clear();
        keep("If-None-Match", answer.header("ETag"));
        keep("If-Modified-Since", answer.header("Last-Modified"));
    }

    private void keep(String condition, String value) {
        if (!value.isEmpty()) {
            conditions.put(condition, value);
        }
    }

    static byte[] read(InputStream in) throws IOException {
        byte[] body = in.readNBytes(MAX_BYTES);
        if (body.length == MAX_BYTES) {
            throw new IOException("no end of the picture within " + MAX_BYTES + " bytes");
        }
        return body;
    }

    @Override
    public void close() {
        http.close();
    }
}
