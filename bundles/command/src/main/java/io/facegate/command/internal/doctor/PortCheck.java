// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of console and embedded broker: free while no gateway runs, and its own while one does.
 */
final class PortCheck implements Check {
    private static final String SUBJECT = "ports";
    private static final int MILLIS = 3000;
    private static final String HTTP = "org.apache.felix.http";

    @Override
    public String subject() {
        return SUBJECT;
    }

    @Override
    public boolean needsData() {
        return true;
    }

    @Override
    public List<Finding> look(Installation installation) {
        ConfigurationFolder configuration = installation.configuration();
        int console = port(configuration.value(HTTP, "org.osgi.service.http.port", "8080"), 8080);
        List<Finding> findings = new ArrayList<>();
        if (installation.gateway().runs()) {
            findings.add(console(console));
            return findings;
        }
        findings.add(free(console, "web console", "--port PORT"));
        configuration
                .of("io.facegate.broker")
                .ifPresent(
                        broker ->
                                findings.add(
                                        free(
                                                port(broker.value("port", "1883"), 1883),
                                                "embedded broker",
                                                "--broker-port PORT, or use that broker: --broker URL")));
        return findings;
    }

    private static int port(String text, int otherwise) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) < 65536
                ? Integer.parseInt(text)
                : otherwise;
    }

    private static Finding free(int port, String whose, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok(SUBJECT, "port " + port + " of the " + whose + " is free");
        } catch (IOException e) {
            return Finding.fault(
                    SUBJECT,
                    "port " + port + " of the " + whose + " cannot be used: " + e.getMessage(),
                    "sudo ss -ltnp 'sport = :"
                            + port
                            + "' tells who has it; end that, or facegate run "
                            + option);
        }
    }

    private static Finding console(int port) {
        try {
            HttpURLConnection http =
                    (HttpURLConnection)
                            URI.create("http://127.0.0.1:" + port + "/health")
                                    .toURL()
                                    .openConnection();
            http.setConnectTimeout(MILLIS);
            http.setReadTimeout(MILLIS);
            int code = http.getResponseCode();
            http.disconnect();
            return code == 200
                    ? Finding.ok(SUBJECT, "http://127.0.0.1:" + port + "/health answers")
                    : Finding.warning(
                            SUBJECT,
                            "http://127.0.0.1:" + port + "/health answers with " + code,
                            "The findings on the gateway say what is not well");
        } catch (IOException | RuntimeException e) {
            return Finding.fault(
                    SUBJECT,
                    "the web console does not answer on port " + port + ": " + e.getMessage(),
                    "Another program may have the port: sudo ss -ltnp 'sport = :" + port + "'");
        }
    }
}
