// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal;

import io.facegate.api.backup.Backups;
import io.facegate.api.camera.Camera;
import io.facegate.api.erasure.Eraser;
import io.facegate.api.model.ModelState;
import io.facegate.api.model.ModelUpdates;
import io.facegate.api.recognition.Corrections;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.sighting.Sightings;
import io.facegate.api.sighting.UnknownPeople;
import io.facegate.api.status.Condition;
import io.facegate.api.store.CounterExamples;
import io.facegate.api.store.EncodingStore;

import java.util.List;
import java.util.Optional;

/** What commands are done with, as it is now; every call returns at once. */
interface Parts {
    List<Camera> cameras();

    Optional<Pipelines> pipelines();

    Optional<EncodingStore> store();

    Optional<CounterExamples> counterExamples();

    Optional<Corrections> corrections();

    Optional<ModelUpdates> updates();

    /** The models installed. */
    List<ModelState> models();

    Optional<UnknownPeople> unknownPeople();

    Optional<Sightings> sightings();

    Optional<Eraser> eraser();

    Optional<Backups> backups();

    /** Conditions of every part of the gateway. */
    List<Condition> conditions();
}
