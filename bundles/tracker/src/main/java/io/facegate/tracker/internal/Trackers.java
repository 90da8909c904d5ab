// SPDX-License-Identifier: Apache-2.0
package io.facegate.tracker.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.status.Condition;
import io.facegate.api.status.Condition.Level;
import io.facegate.api.status.ConditionSource;
import io.facegate.api.tracker.BoxTracker;
import io.facegate.api.tracker.BoxTrackers;
import io.facegate.dlib.DlibLibrary;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.util.List;

/** Trackers as a service. Without dlib's native library there is none, and the log says why. */
@Component(immediate = true)
public final class Trackers implements BoxTrackers, ConditionSource {
    private final OpenTrackers open = new OpenTrackers();
    private final String version;

    /** Loads the native library. */
    @Activate
    public Trackers() {
        version = DlibLibrary.version();
    }

    /** Makes all trackers stale; memory in use by a call is freed at its end. */
    @Deactivate
    public void deactivate() {
        open.close();
    }

    @Override
    public BoxTracker follow(Frame frame, Box box) {
        return open.follow(frame, box);
    }

    @Override
    public List<Condition> conditions() {
        return List.of(new Condition("tracker", Level.OK, "dlib " + version));
    }
}
