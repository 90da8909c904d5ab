// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.compat.internal;

import io.facegate.api.message.EventTranslator;
import io.facegate.api.message.TopicMessage;
import io.facegate.api.recognition.RecognitionEvent;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import java.util.ArrayList;
import java.util.List;

/** Speaks as Double Take and Frigate do; only where it is configured. */
@Component(
        name = CompatTranslator.PID,
        service = EventTranslator.class,
        configurationPid = CompatTranslator.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CompatTranslator.Config.class)
public final class CompatTranslator implements EventTranslator {
    static final String PID = "io.facegate.mqtt.compat";

    private final List<Shape> shapes = new ArrayList<>();

    /** Configuration of the shapes. */
    @ObjectClassDefinition(
            name = "Facegate for automations of Double Take and Frigate",
            description = "Tells of recognitions on their topics too, in their shapes")
    @interface Config {
        @AttributeDefinition(
                name = "Double Take",
                description =
                        "First part of topics such as double-take/matches/Alice; empty: not told")
        String doubleTake() default "double-take";

        @AttributeDefinition(
                name = "Frigate",
                description =
                        "First part of topics such as frigate/tracked_object_update; empty: not"
                                + " told. Where a Frigate speaks at the same broker, name another")
        String frigate() default "frigate";
    }

    @Activate
    public CompatTranslator(Config config) {
        if (!config.doubleTake().isBlank()) {
            shapes.add(new DoubleTake(config.doubleTake().strip()));
        }
        if (!config.frigate().isBlank()) {
            shapes.add(new Frigate(config.frigate().strip()));
        }
    }

    @Override
    public List<TopicMessage> messages(RecognitionEvent event, String gateway) {
        return shapes.stream().flatMap(shape -> shape.of(event).stream()).toList();
    }
}
