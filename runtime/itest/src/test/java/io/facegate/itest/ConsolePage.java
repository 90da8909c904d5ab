// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import static org.assertj.core.api.Assertions.assertThat;

import org.osgi.framework.Bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** The web console's page of bundles, as a browser that knows the password uses it. */
final class ConsolePage {
    static final String PASSWORD = "a password of the test";
    private static final String BOUNDARY = "----FacegateBundles7MA4YWxk";

    private final String origin;
    private final HttpClient browser = HttpClient.newHttpClient();

    ConsolePage(int port) {
        origin = "http://127.0.0.1:" + port;
    }

    /** What is behind the page's address now. */
    int look() throws IOException, InterruptedException {
        return send(request("bundles").GET().build()).statusCode();
    }

    /**
     * Sends a file with the form for installing and updating, to be started.
     *
     * @param beside whether another version is kept
     * @return the status; 500 for a file that is no bundle
     */
    int upload(Path file, boolean beside) throws IOException, InterruptedException {
        Map<String, String> fields =
                beside
                        ? Map.of(
                                "action", "install", "bundlestart", "start", "parallelVersion", "1")
                        : Map.of(
                                "action",
                                "install",
                                "bundlestart",
                                "start",
                                "refreshPackages",
                                "1");
        return send(form(file, fields)).statusCode();
    }

    /** The same from a page of another site. */
    int uploadFromElsewhere(Path file) throws IOException, InterruptedException {
        HttpRequest.Builder other =
                request("bundles").setHeader("Origin", "http://elsewhere.example");
        other.setHeader("Sec-Fetch-Site", "cross-site");
        return send(posted(other, file, Map.of("action", "install"))).statusCode();
    }

    /** Presses a button of a bundle: {@code update}, {@code uninstall}. */
    void press(Bundle bundle, String action) throws IOException, InterruptedException {
        HttpRequest request =
                request("bundles/" + bundle.getBundleId())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("action=" + action))
                        .build();
        assertThat(send(request).statusCode()).isIn(200, 302);
    }

    private HttpRequest form(Path file, Map<String, String> fields) throws IOException {
        return posted(request("bundles"), file, fields);
    }

    private static HttpRequest posted(
            HttpRequest.Builder request, Path file, Map<String, String> fields) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            write(body, "name=\"" + field.getKey() + "\"\r\n\r\n");
            body.writeBytes((field.getValue() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        write(
                body,
                "name=\"bundlefile\"; filename=\""
                        + file.getFileName()
                        + "\"\r\nContent-Type: application/java-archive\r\n\r\n");
        body.writeBytes(Files.readAllBytes(file));
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    private static void write(ByteArrayOutputStream body, String rest) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + rest;
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String page) {
        String login = "admin:" + PASSWORD;
        return HttpRequest.newBuilder(URI.create(origin + "/system/console/" + page))
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Referer", origin + "/system/console/bundles")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return browser.send(request, BodyHandlers.ofString());
    }
}
