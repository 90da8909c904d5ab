// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.detector.FaceDetector;
import io.facegate.api.encoder.FaceEncoder;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.model.ModelRegistry;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.status.StaleServiceException;
import io.facegate.api.store.EncodingStore;
import io.facegate.metrics.engine.Engine;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page "Facegate" of the web console: {@code /system/console/facegate}, its data as JSON under
 * {@code facegate/data.json}, live pictures under {@code facegate/picture.jpg?camera=id}, and
 * changes of people by POST to {@code facegate/people} and {@code facegate/unknown}; the faces of
 * unknown people under {@code facegate/face.png?id=number}.
 */
@Component(
        service = Servlet.class,
        configurationPid = ConsoleConfig.PID,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + ConsolePage.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Facegate",
            ServletConstants.PLUGIN_CATEGORY + "=Facegate",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/" + ConsolePage.LABEL + "/res/facegate.css"
        })
public final class ConsolePage extends AbstractServlet {
    static final String LABEL = "facegate";

    private static final Logger log = LoggerFactory.getLogger(ConsolePage.class);

    /** Header of a change; a page of another site cannot send it. */
    static final String CHANGE_HEADER = "X-Facegate";

    private final Recent recent;
    private final LivePictures pictures;
    private final PageData data;
    private final PeopleChange change = new PeopleChange();
    private final Map<String, Object> about;
    private volatile String pictureProblem = "";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelRegistry models;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile EncodingStore store;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Enroller enroller;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Eraser eraser;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureWriter writer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile UnknownPeople unknown;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sightings sightings;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ConditionSource> conditions = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ServiceReference<FaceDetector>> detectors = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ServiceReference<FaceEncoder>> encoders = List.of();

    @Activate
    public ConsolePage(ConsoleConfig config, BundleContext context, @Reference Recent recent) {
        this.recent = recent;
        this.pictures = new LivePictures(config);
        this.data = new PageData(recent);
        this.about =
                Map.of(
                        "gateway", property(context, "facegate.gateway"),
                        "version", property(context, "facegate.version"),
                        "pictureMillis", 1000 / LivePictures.framesPerSecond(config));
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        return value == null ? "" : value;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        response.setHeader("X-Content-Type-Options", "nosniff");
        switch (path) {
            case "/" + LABEL + "/data.json":
                sendData(request, response);
                break;
            case "/" + LABEL + "/picture.jpg":
                sendPicture(request, response);
                break;
            case "/" + LABEL + "/face.png":
                setNoCache(response);
                FacePictures.send(
                        request.getParameter("id"),
                        Optional.ofNullable(unknown),
                        Optional.ofNullable(writer),
                        response);
                break;
            default:
                response.setHeader("X-Frame-Options", "DENY");
                super.doGet(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo();
        boolean unknownOnes = ("/" + LABEL + "/unknown").equals(path);
        if (!unknownOnes && !("/" + LABEL + "/people").equals(path)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getHeader(CHANGE_HEADER) == null || !SameOrigin.allows(request)) {
            Answer.FOREIGN_SITE.send(response);
        } else if (unknownOnes) {
            UnknownChange.apply(request, Optional.ofNullable(unknown)).send(response);
        } else {
            change.apply(
                            request,
                            Optional.ofNullable(store),
                            Optional.ofNullable(enroller),
                            Optional.ofNullable(eraser))
                    .send(response);
        }
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.getWriter().print(readTemplateFile("/res/facegate.html"));
    }

    private void sendData(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<Engine> engines = new ArrayList<>(Engine.of("detect", detectors));
        engines.addAll(Engine.of("encode", encoders));
        Parts parts =
                new Parts(
                        cameras,
                        conditions,
                        Optional.ofNullable(pipelines),
                        Optional.ofNullable(models),
                        Optional.ofNullable(store),
                        engines);
        Map<String, Object> all =
                data.of(parts, number(request.getParameter("people"), Long.MIN_VALUE));
        all.put(
                "unknown",
                SeenData.unknown(Optional.ofNullable(unknown), request.getParameter("unknown")));
        all.put(
                "seen",
                SeenData.known(
                        Optional.ofNullable(sightings), number(request.getParameter("seen"), 0)));
        all.putAll(about);
        byte[] json = Json.write(all).getBytes(StandardCharsets.UTF_8);
        setNoCache(response);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private static long number(String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private void sendPicture(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String camera = request.getParameter("camera");
        Optional<FrameResult> result = camera == null ? Optional.empty() : recent.result(camera);
        PictureWriter current = writer;
        setNoCache(response);
        if (result.isEmpty() || current == null) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        LivePictures.Picture picture = picture(result.get(), current);
        if (picture == null || picture.tag().equals(request.getParameter("after"))) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType("image/jpeg");
        response.setHeader("X-Facegate-Tag", picture.tag());
        response.setContentLength(picture.jpeg().length);
        response.getOutputStream().write(picture.jpeg());
    }

    private LivePictures.Picture picture(FrameResult result, PictureWriter current) {
        try {
            LivePictures.Picture picture = pictures.of(result, current);
            pictureProblem = "";
            return picture;
        } catch (StaleServiceException e) {
            return null; // The writer is being swapped; the page asks again.
        } catch (RuntimeException | LinkageError e) {
            if (!pictureProblem.equals(e.toString())) {
                log.warn("Live pictures cannot be drawn", e);
            }
            pictureProblem = e.toString();
            return null;
        }
    }
}
