// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.internal;

import io.facegate.api.model.ModelUpdates;
import io.facegate.api.model.UpdateStatus;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.sighting.LastSeen;
import io.facegate.api.sighting.Sightings;
import io.facegate.mqtt.internal.gateway.Home;
import io.facegate.mqtt.internal.gateway.HomeSettings;
import io.facegate.mqtt.internal.gateway.HomeSettings.Pictures;
import io.facegate.mqtt.internal.gateway.LastFaces;
import io.facegate.mqtt.internal.gateway.Settings;

import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What smart homes are shown: a component of its own, so that the connection outlives changes. */
@Component(
        name = HomeComponent.PID,
        service = {Home.class, RecognitionListener.class},
        configurationPid = HomeComponent.PID,
        immediate = true)
@Designate(ocd = HomeComponent.Config.class)
public final class HomeComponent implements Home, RecognitionListener {
    static final String PID = "io.facegate.mqtt.home";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ModelUpdates updates;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Sightings sightings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureWriter writer;

    private final Settings configurations;
    private final HomeSettings settings;
    private final LastFaces faces = new LastFaces();

    /** Configuration of what smart homes are shown. */
    @ObjectClassDefinition(
            name = "Facegate in Home Assistant",
            description = "What Home Assistant and others are shown of the gateway")
    @interface Config {
        @AttributeDefinition(
                name = "Form",
                description =
                        "device: one message for the whole gateway; entities: one for each, for"
                                + " openHAB before 5.2, Domoticz and ioBroker",
                options = {
                    @Option(label = "Device", value = "device"),
                    @Option(label = "Entities", value = "entities")
                })
        String form() default "device";

        @AttributeDefinition(
                name = "People",
                description =
                        "Entities are shown for at most so many people, those enrolled first; 0 for"
                                + " none",
                min = "0")
        int people() default 100;

        @AttributeDefinition(
                name = "Device trackers",
                description = "Whether people are shown as device trackers, too; default false")
        boolean trackers() default false;

        @AttributeDefinition(
                name = "Area",
                description = "Where the gateway is, suggested as the area of its device")
        String area() default "";

        @AttributeDefinition(
                name = "Address of the console",
                description =
                        "As others reach it, such as http://pi.local:8080/system/console/facegate;"
                                + " empty: of itself when the console listens on the network")
        String consoleUrl() default "";

        @AttributeDefinition(
                name = "Picture of the last face",
                description =
                        "none, crop (the face with its surroundings) or frame; whoever may read at"
                                + " the broker sees it",
                options = {
                    @Option(label = "None", value = "none"),
                    @Option(label = "Crop", value = "crop"),
                    @Option(label = "Frame", value = "frame")
                })
        String pictures() default "none";

        @AttributeDefinition(
                name = "Pictures stay",
                description =
                        "Whether the broker keeps the last picture for who connects later; default"
                                + " false")
        boolean picturesStay() default false;
    }

    @Activate
    public HomeComponent(Config config, @Reference ConfigurationAdmin admin) {
        configurations = new Settings(admin);
        settings =
                new HomeSettings(
                        config.form().strip().equalsIgnoreCase("entities"),
                        config.people(),
                        config.trackers(),
                        config.area().strip(),
                        config.consoleUrl().strip().isEmpty()
                                ? configurations.consoleUrl()
                                : config.consoleUrl().strip(),
                        pictures(config.pictures()),
                        config.picturesStay());
    }

    private static Pictures pictures(String value) {
        try {
            return Pictures.valueOf(value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Pictures.NONE; // what nobody asked for is not shown
        }
    }

    @Override
    public void onResult(FrameResult result) {
        if (settings.pictures() != Pictures.NONE) {
            faces.frame(result.frame());
        }
    }

    @Override
    public void onEvent(RecognitionEvent event) {
        if (settings.pictures() != Pictures.NONE) {
            faces.event(event);
        }
    }

    @Override
    public HomeSettings settings() {
        return settings;
    }

    @Override
    public Optional<UpdateStatus> update() {
        return Optional.ofNullable(updates).map(ModelUpdates::status);
    }

    @Override
    public Map<UUID, LastSeen> lastSeen() {
        Sightings now = sightings;
        return now == null ? Map.of() : now.lastSeen();
    }

    @Override
    public Map<String, String> pipeline() {
        return configurations.pipeline();
    }

    @Override
    public List<FacePicture> takePictures() {
        PictureWriter now = writer;
        return now == null ? List.of() : faces.take(now, settings.pictures());
    }
}
