// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.Area;
import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.camera.CameraStatus;
import io.facegate.api.camera.WatchedAreas;
import io.facegate.api.frame.FrameListener;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;

/**
 * One camera for each configuration of {@value #PID}. Its services are registered by hand: a
 * component's services carry its whole configuration as properties, and a URL may hold a password;
 * and a camera with an id that will not do must say so without being a camera.
 */
@Component(
        service = {},
        configurationPid = LiveCamera.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = LiveCamera.Config.class, factory = true)
public final class LiveCamera implements Camera, ConditionSource {
    static final String PID = "io.facegate.camera";

    private static final Logger LOG = LoggerFactory.getLogger(LiveCamera.class);

    /** Settings of one camera. */
    @ObjectClassDefinition(
            name = "Facegate camera",
            description = "A camera, stream, video file or folder of pictures")
    public @interface Config {
        @AttributeDefinition(
                name = "Camera id",
                description =
                        "Name of the camera in topics and events: lower-case letters, digits, _"
                                + " and -")
        String camera_id() default "camera";

        @AttributeDefinition(
                name = "Location",
                description =
                        "Video file, folder of pictures, http(s), rtsp(s) or rtmp URL, V4L2 device"
                                + " (/dev/video0 or a number), or rpicam for the Raspberry Pi's"
                                + " camera")
        String location() default "/dev/video0";

        @AttributeDefinition(
                name = "User",
                description = "Login of a URL; empty: none. Not needed when the URL holds it")
        String user() default "";

        @AttributeDefinition(
                name = "Password",
                description = "Password of that login",
                type = AttributeType.PASSWORD)
        String _password() default "";

        @AttributeDefinition(
                name = "Width",
                description =
                        "Columns, 0 to 7680: asked of a device (0: 640); video and streams are"
                                + " scaled down to it (0: as they are)")
        int width() default 0;

        @AttributeDefinition(
                name = "Height",
                description =
                        "Rows, 0 to 4320: asked of a device (0: 480); video and streams are scaled"
                                + " down to it (0: as they are)")
        int height() default 0;

        @AttributeDefinition(
                name = "Frames per second",
                description =
                        "0 to 120: asked of a device, of a folder's pictures while they are"
                                + " shown, and how often a single picture is fetched (0: as the"
                                + " source has it; rpicam 15, folder 5, picture 1)")
        double framesPerSecond() default 0;

        @AttributeDefinition(
                name = "Rotate",
                description = "Degrees clockwise",
                options = {
                    @Option(label = "0", value = "0"),
                    @Option(label = "90", value = "90"),
                    @Option(label = "180", value = "180"),
                    @Option(label = "270", value = "270")
                })
        int rotate() default 0;

        @AttributeDefinition(
                name = "Pixel aspect ratio",
                description =
                        "How wide a pixel of the video is, for its height, when it is not square:"
                                + " auto, as the video says, or width:height like 2:1, for recorders"
                                + " that say nothing or something wrong")
        String pixelAspectRatio() default "auto";

        @AttributeDefinition(
                name = "Loop",
                description = "Whether a file or folder starts over at its end")
        boolean loop() default false;

        @AttributeDefinition(
                name = "Real time",
                description = "Whether a file plays at its own rate; if not, as fast as it decodes")
        boolean realTime() default true;

        @AttributeDefinition(
                name = "Picture time",
                description = "Milliseconds each picture of a folder is shown, 40 to 3600000")
        int pictureMillis() default 2000;

        @AttributeDefinition(
                name = "Reconnect delay",
                description =
                        "Milliseconds before a lost camera is tried again, 100 to 30000; doubled"
                                + " at each failure up to 30 s")
        int reconnectDelayMillis() default 1000;

        @AttributeDefinition(
                name = "Silence",
                description =
                        "Milliseconds without data before a camera counts as lost, 1000 to 600000;"
                                + " more than the time between two frames")
        int silenceMillis() default 8000;

        @AttributeDefinition(
                name = "RTSP transport",
                description = "auto: TCP, then UDP, then multicast, as the camera allows",
                options = {
                    @Option(label = "auto", value = "auto"),
                    @Option(label = "TCP", value = "tcp"),
                    @Option(label = "UDP", value = "udp"),
                    @Option(label = "multicast", value = "udp_multicast"),
                    @Option(label = "HTTP tunnel", value = "http")
                })
        String rtspTransport() default "auto";

        @AttributeDefinition(
                name = "Verify certificate",
                description =
                        "Whether an https server of pictures must prove its name; not one with a"
                                + " certificate of its own")
        boolean verifyCertificate() default true;

        @AttributeDefinition(
                name = "FFmpeg options",
                description = "For streams and devices, each as name=value: see the README")
        String[] ffmpegOptions() default {};

        @AttributeDefinition(
                name = "Zones",
                description =
                        "Where faces are looked for, each a name, a colon and the corners of a"
                                + " polygon as x,y from 0 (left, top) to 1 (right, bottom):"
                                + " door: 0.1,0.2 0.5,0.2 0.5,0.9; none: everywhere")
        String[] zones() default {};

        @AttributeDefinition(
                name = "Masks",
                description = "Where faces are not looked for, written like zones; no name needed")
        String[] masks() default {};

        @AttributeDefinition(
                name = "Enabled",
                description = "Whether it captures; if not, the device is free for others")
        boolean enabled() default true;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<FrameListener> listeners = List.of();

    private final String id;
    private final String location;
    private final String objection;
    private WatchedAreas areas = WatchedAreas.EVERYWHERE;
    private final FrameSources sources;
    private final CaptureLoop loop;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Activate
    public LiveCamera(@Reference FrameSources sources, Config config, BundleContext context) {
        this.sources = sources;
        id = config.camera_id();
        location = SourceAddress.shown(config.location());
        objection = objection(config);
        SourceSettings settings =
                objection.isEmpty() ? CameraSettings.of(config) : SourceSettings.PLAIN;
        loop =
                new CaptureLoop(
                        id,
                        location,
                        interrupt ->
                                sources.open(
                                        SourceAddress.of(config.location())
                                                .withCredentials(config.user(), config._password()),
                                        settings,
                                        id,
                                        interrupt),
                        new CaptureLoop.Play(
                                config.loop(), config.realTime(), config.reconnectDelayMillis()),
                        () -> listeners,
                        config.enabled());
        registrations.add(context.registerService(ConditionSource.class, this, null));
        if (objection.isEmpty()) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Camera.ID, id);
            registrations.add(context.registerService(Camera.class, this, properties));
            loop.start();
        } else {
            LOG.error("A camera is not started: {}", objection);
        }
    }

    private String objection(Config config) {
        String bad = CameraId.objection(id);
        if (bad.isEmpty()) {
            bad = CameraSettings.objection(config);
        }
        if (bad.isEmpty()) {
            bad = readAreas(config);
        }
        if (bad.isEmpty() && !sources.claim(id)) {
            bad = "camera_id \"" + id + "\" is taken by another camera: give this one another.";
        }
        return bad;
    }

    /** Sets where faces are looked for; tells what is wrong with it. */
    private String readAreas(Config config) {
        try {
            areas = new WatchedAreas(read(config.zones()), read(config.masks()));
            return "";
        } catch (IllegalArgumentException e) {
            return "zones or masks: " + e.getMessage() + ".";
        }
    }

    private static List<Area> read(String[] texts) {
        return Arrays.stream(texts).filter(text -> !text.isBlank()).map(Area::parse).toList();
    }

    @Deactivate
    void stop() {
        for (ServiceRegistration<?> registration : registrations) {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("Camera {}: a service was gone already", id, e);
            }
        }
        registrations.clear();
        if (objection.isEmpty()) {
            loop.stop();
            sources.release(id);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public WatchedAreas areas() {
        return areas;
    }

    @Override
    public CameraStatus status() {
        return loop.status();
    }

    @Override
    public void setEnabled(boolean enabled) {
        loop.setEnabled(enabled);
    }

    @Override
    public List<Condition> conditions() {
        String part = "camera/" + id;
        if (!objection.isEmpty()) {
            return List.of(new Condition(part, Condition.Level.FAILED, objection));
        }
        CameraStatus now = status();
        String message =
                now.state() == CameraState.ONLINE
                        ? String.format(
                                Locale.ROOT,
                                "%dx%d, %.1f frames per second",
                                now.width(),
                                now.height(),
                                now.framesPerSecond())
                        : now.message();
        boolean waiting = now.state() == CameraState.STARTING || now.state() == CameraState.OFFLINE;
        return List.of(
                new Condition(
                        part, waiting ? Condition.Level.DEGRADED : Condition.Level.OK, message));
    }
}
