// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.home;

import io.facegate.api.backup.Backups;
import io.facegate.api.camera.Camera;
import io.facegate.api.camera.CameraState;
import io.facegate.api.message.MessageListener;
import io.facegate.api.message.Replies;

import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a button, a number or a list of a smart home sets. What is not allowed is not heard, and not
 * shown there: the publisher announces only what somebody obeys.
 */
@Component(
        name = HomeControls.PID,
        service = MessageListener.class,
        configurationPid = HomeControls.PID,
        immediate = true)
@Designate(ocd = HomeControls.Config.class)
public final class HomeControls implements MessageListener {
    static final String PID = "io.facegate.mqtt.controls";

    private static final Logger LOG = LoggerFactory.getLogger(HomeControls.class);

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<Camera> cameras = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Backups backups;

    private final Set<Control> allowed;
    private final PipelineSettings pipeline;
    private final BackupThread backup = new BackupThread();

    /** Configuration of the controls. */
    @ObjectClassDefinition(
            name = "Facegate controls in Home Assistant",
            description = "What whoever may publish at the broker may set")
    @interface Config {
        @AttributeDefinition(
                name = "Allowed",
                description =
                        "restart (of a camera), backup, tolerance, detection_method; the last two"
                                + " change who is recognised",
                options = {
                    @Option(label = "Backup", value = "backup"),
                    @Option(label = "Restart of a camera", value = "restart"),
                    @Option(label = "Tolerance", value = "tolerance"),
                    @Option(label = "Detection method", value = "detection_method")
                })
        String[] allowed() default {"restart"};
    }

    @Activate
    public HomeControls(Config config, @Reference ConfigurationAdmin admin) {
        allowed = EnumSet.noneOf(Control.class);
        Arrays.stream(config.allowed())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .flatMap(name -> Control.named(name).stream())
                .forEach(allowed::add);
        pipeline = new PipelineSettings(admin);
    }

    @Deactivate
    void deactivate() {
        backup.stop();
    }

    @Override
    public List<String> filters() {
        return allowed.stream().map(Control::filter).toList();
    }

    @Override
    public void onMessage(String topic, String payload, Replies replies) {
        Control control = allowed.stream().filter(c -> c.hears(topic)).findFirst().orElse(null);
        if (control == null) {
            return;
        }
        try {
            switch (control) {
                case BACKUP -> {
                    pressed(payload);
                    backup.start(Optional.ofNullable(backups), replies);
                }
                case RESTART -> {
                    pressed(payload);
                    restart(topic.substring(0, topic.indexOf('/')));
                }
                case TOLERANCE -> pipeline.tolerance(payload.strip());
                case DETECTION_METHOD -> pipeline.method(payload.strip());
            }
        } catch (NotDoneException e) {
            replies.error(e.code(), topic + ": " + e.getMessage());
        }
    }

    private static void pressed(String payload) throws NotDoneException {
        if (!payload.strip().equals("PRESS")) {
            throw new NotDoneException("bad_request", "it takes PRESS, nothing else");
        }
    }

    /** A camera that its owner switched off stays off. */
    private void restart(String id) throws NotDoneException {
        Camera camera =
                cameras.stream()
                        .filter(c -> c.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new NotDoneException(
                                                "unknown_camera", "there is no camera " + id));
        if (camera.status().state() == CameraState.DISABLED) {
            throw new NotDoneException(
                    "failed", "the camera is switched off: switch it on instead");
        }
        LOG.info("MQTT: camera {} is opened anew, as asked for", id);
        camera.setEnabled(false);
        camera.setEnabled(true);
    }
}
