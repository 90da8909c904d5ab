// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.status.StaleServiceException;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page "Facegate" of the web console: {@code /system/console/facegate}, its data as JSON under
 * {@code facegate/data.json}, live pictures under {@code facegate/picture.jpg?camera=id}, and
 * stills without boxes under {@code facegate/still.jpg?camera=id} with the zones and masks drawn on
 * them, {@code facegate/areas.json?camera=id}, saved by POST to {@code facegate/areas}; changes of
 * people by POST to {@code facegate/people}, {@code facegate/unknown} and {@code
 * facegate/correction}; the faces of unknown people under {@code facegate/face.png?id=number},
 * those that are not a person with {@code rejected} for {@code id} and listed in {@code
 * facegate/rejected.json?person=id}.
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

    /** Where changes are posted. */
    private static final Set<String> CHANGES =
            Set.of(
                    "/" + LABEL + "/people",
                    "/" + LABEL + "/unknown",
                    "/" + LABEL + "/correction",
                    "/" + LABEL + "/model",
                    "/" + LABEL + "/areas");

    private final Recent recent;
    private final LivePictures pictures;
    private final PageData data;
    private final PeopleChange change = new PeopleChange();
    private final Map<String, Object> about;
    private final GatewayServices services;
    private volatile String pictureProblem = "";

    @Activate
    public ConsolePage(
            ConsoleConfig config,
            BundleContext context,
            @Reference Recent recent,
            @Reference GatewayServices services) {
        this.recent = recent;
        this.services = services;
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
        switch (path) {
            case "/" + LABEL + "/data.json":
                sendData(request, response);
                break;
            case "/" + LABEL + "/picture.jpg":
                sendPicture(request, response);
                break;
            case "/" + LABEL + "/still.jpg":
                sendStill(request, response);
                break;
            case "/" + LABEL + "/areas.json":
                setNoCache(response);
                CameraAreas.send(request.getParameter("camera"), services, response);
                break;
            case "/" + LABEL + "/rejected.json":
                setNoCache(response);
                RejectedFaces.send(request.getParameter("person"), services, response);
                break;
            case "/" + LABEL + "/face.png":
                setNoCache(response);
                FacePictures.send(request, services, response);
                break;
            default:
                super.doGet(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo();
        if (!CHANGES.contains(path)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getHeader(CHANGE_HEADER) == null) {
            Answer.FOREIGN_SITE.send(response);
        } else {
            answer(path, request).send(response);
        }
    }

    private Answer answer(String path, HttpServletRequest request)
            throws ServletException, IOException {
        return switch (path) {
            case "/" + LABEL + "/unknown" -> UnknownChange.apply(request, services.unknownPeople());
            case "/" + LABEL + "/areas" -> CameraAreas.save(request, services);
            case "/" + LABEL + "/model" -> ModelChange.apply(request, services.updates());
            case "/" + LABEL + "/correction" -> CorrectionChange.apply(request, services);
            default ->
                    change.apply(request, services.store(), services.enroller(), services.eraser());
        };
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.getWriter().print(readTemplateFile("/res/facegate.html"));
    }

    private void sendData(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, Object> all =
                data.of(services.parts(), number(request.getParameter("people"), Long.MIN_VALUE));
        all.put(
                "unknown",
                SeenData.unknown(services.unknownPeople(), request.getParameter("unknown")));
        all.put("update", ModelChange.data(services.updates()));
        all.put(
                "seen",
                SeenData.known(services.sightings(), number(request.getParameter("seen"), 0)));
        all.putAll(about);
        setNoCache(response);
        Json.send(all, response);
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
        Optional<PictureWriter> current = services.writer();
        setNoCache(response);
        if (result.isEmpty() || current.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        LivePictures.Picture picture = picture(result.get(), current.get());
        if (picture == null || picture.tag().equals(request.getParameter("after"))) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        response.setContentType("image/jpeg");
        response.setHeader("X-Facegate-Tag", picture.tag());
        response.setContentLength(picture.jpeg().length);
        response.getOutputStream().write(picture.jpeg());
    }

    /** The newest picture of a camera as it is, to draw zones on. */
    private void sendStill(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        setNoCache(response);
        String camera = request.getParameter("camera");
        Optional<byte[]> jpeg = Optional.empty();
        try {
            jpeg =
                    services.writer()
                            .flatMap(
                                    writer ->
                                            recent.result(String.valueOf(camera))
                                                    .map(r -> pictures.still(r, writer)));
        } catch (StaleServiceException e) {
            // the writer is being swapped; the page asks again
        }
        if (jpeg.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("image/jpeg");
        response.setContentLength(jpeg.get().length);
        response.getOutputStream().write(jpeg.get());
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
