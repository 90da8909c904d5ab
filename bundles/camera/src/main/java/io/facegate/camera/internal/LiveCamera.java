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
import org.osgi.service.metatype.annotations.Designate;
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
@Designate(ocd = CameraConfig.class, factory = true)
public final class LiveCamera implements Camera, ConditionSource {
    static final String PID = "io.facegate.camera";

    private static final Logger LOG = LoggerFactory.getLogger(LiveCamera.class);

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
    public LiveCamera(@Reference FrameSources sources, CameraConfig config, BundleContext context) {
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

    private String objection(CameraConfig config) {
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
    private String readAreas(CameraConfig config) {
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
