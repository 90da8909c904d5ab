// SPDX-License-Identifier: Apache-2.0
package io.facegate.metrics.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.outbox.Outbox;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.store.EncodingStore;
import io.facegate.metrics.engine.Engine;
import io.facegate.metrics.process.ProcessFigures;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metrics at {@code /metrics} (OSGi Compendium 140, Whiteboard Specification for Jakarta
 * Servlet). Everything is read from snapshots when asked for; nothing is measured otherwise.
 */
@Component(
        service = Servlet.class,
        configurationPid = MetricsConfig.PID,
        property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=/metrics")
@Designate(ocd = MetricsConfig.class)
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient MetricsConfig config;
    private final String version;
    private final String gateway;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile Pipelines pipelines;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile ModelRegistry models;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile Outbox outbox;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<Camera> cameras = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<ConditionSource> conditions = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<ServiceReference<FaceDetector>> detectors = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile List<ServiceReference<FaceEncoder>> encoders = List.of();

    @Activate
    public MetricsServlet(MetricsConfig config, BundleContext context) {
        this.config = config;
        version =
                Optional.ofNullable(context.getProperty("facegate.version"))
                        .orElseGet(() -> context.getBundle().getVersion().toString());
        gateway = Optional.ofNullable(context.getProperty("facegate.gateway")).orElse("");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!config.enabled()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!config.remote() && !isThisMachine(request)) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN,
                    "Only this machine may read the metrics; set remote in " + MetricsConfig.PID);
        } else {
            byte[] body = text(parts()).getBytes(StandardCharsets.UTF_8);
            response.setContentType(Exposition.CONTENT_TYPE);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    /** A servlet is told an address, so nothing is looked up. */
    private static boolean isThisMachine(HttpServletRequest request) throws IOException {
        return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }

    private Parts parts() {
        List<Engine> engines = new ArrayList<>(Engine.of("detect", detectors));
        engines.addAll(Engine.of("encode", encoders));
        return new Parts(
                Optional.ofNullable(pipelines),
                List.copyOf(cameras),
                Optional.ofNullable(store),
                Optional.ofNullable(models),
                engines,
                List.copyOf(conditions),
                Optional.ofNullable(outbox));
    }

    private String text(Parts parts) {
        Exposition out = new Exposition();
        ProcessMetrics.build(out, version, gateway);
        PartMetrics.write(out, parts);
        ProcessMetrics.write(out, ProcessFigures.read());
        return out.text();
    }
}
