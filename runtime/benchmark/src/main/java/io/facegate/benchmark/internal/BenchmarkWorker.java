// SPDX-License-Identifier: Apache-2.0
package io.facegate.benchmark.internal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Calls the services of the gateway it is dropped into, as the other side asks: connects to the
 * port of the loopback address in the framework property {@value #PORT} and answers each line, a
 * JSON object, with one. The framework ends with the connection. Without the property it does
 * nothing.
 */
@Component(
        immediate = true,
        service = {})
public final class BenchmarkWorker {
    static final String PORT = "facegate.benchmark.port";

    private static final Logger LOG = LoggerFactory.getLogger(BenchmarkWorker.class);

    private final BundleContext context;
    private final Requests requests;
    private volatile Socket socket;

    /** Starts the thread that answers. */
    @Activate
    public BenchmarkWorker(BundleContext context, @Reference ConfigurationAdmin configuration) {
        this.context = context;
        Services services = new Services(context, configuration);
        requests = new Requests(services);
        String port = context.getProperty(PORT);
        if (port != null) {
            Thread thread = new Thread(() -> serve(Integer.parseInt(port)), "facegate-benchmark");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Closes the connection, which ends the thread. */
    @Deactivate
    public void deactivate() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("closing the connection failed", e);
            }
        }
    }

    private void serve(int port) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket = connection;
            connection.setTcpNoDelay(true);
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.UTF_8));
            Writer out =
                    new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.UTF_8);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(line) + "\n");
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("the connection broke", e);
        }
        try {
            context.getBundle(0).stop();
        } catch (BundleException | IllegalStateException e) {
            LOG.debug("the framework is stopping already", e);
        }
    }

    private String answer(String line) {
        try {
            return requests.answer(JsonParser.parseString(line).getAsJsonObject()).toString();
        } catch (Exception e) {
            LOG.debug("request failed: {}", line, e);
            JsonObject failure = new JsonObject();
            failure.addProperty("error", e.toString());
            return failure.toString();
        }
    }
}
