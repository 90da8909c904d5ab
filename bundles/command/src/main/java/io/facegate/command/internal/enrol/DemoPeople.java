// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.enrol;

import io.facegate.api.command.CommandSurroundings;
import io.facegate.api.picture.PictureReader;
import io.facegate.api.recognition.Enroller;
import io.facegate.api.recognition.Enrolment;
import io.facegate.api.recognition.EnrolmentException;
import io.facegate.api.recognition.EnrolmentException.Reason;
import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Parts;
import io.facegate.command.internal.session.Session;
import io.facegate.command.internal.session.StopSignal;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Enrols the sample people of the demo in the background: each folder of {@code
 * facegate.demo.people} is a person. What the gallery has already is left as it is; once all were
 * enrolled, who is deleted stays away as long as anybody is in the gallery.
 */
@Component(
        immediate = true,
        service = {})
public final class DemoPeople {
    private static final Logger LOG = LoggerFactory.getLogger(DemoPeople.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long JOIN_MILLIS = 3000;

    private static final String DONE = ".demo-people";

    private final StopSignal stop = new StopSignal();
    private final Session session;
    private final Path done;
    private final Optional<Thread> thread;

    @Activate
    public DemoPeople(
            BundleContext context,
            @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) Parts parts) {
        session =
                new Session(
                        parts,
                        new CommandSurroundings(
                                Path.of(""),
                                InputStream.nullInputStream(),
                                System.out,
                                System.err,
                                false,
                                stop::stopped),
                        PATIENCE,
                        stop);
        String folder = context.getProperty("facegate.demo.people");
        done =
                Path.of(
                                Optional.ofNullable(context.getProperty("facegate.data"))
                                        .orElse("facegate-data"))
                        .resolve(DONE);
        boolean command = "command".equals(context.getProperty("facegate.mode"));
        if (folder == null || folder.isBlank() || command) {
            thread = Optional.empty();
        } else {
            Thread worker = new Thread(() -> enrol(Path.of(folder)), "facegate-demo-people");
            worker.setDaemon(true);
            worker.start();
            thread = Optional.of(worker);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        stop.stop();
        if (thread.isPresent()) {
            thread.get().interrupt();
            thread.get().join(JOIN_MILLIS);
        }
    }

    private void enrol(Path folder) {
        try {
            RecognitionOptions options = RecognitionOptions.PICTURE;
            Dataset dataset = Dataset.of(folder, session.require(PictureReader.class)::isPicture);
            EncodingStore store = session.require(EncodingStore.class);
            if (Files.exists(done) && !store.gallery().people().isEmpty()) {
                return;
            }
            Enroller enroller = session.require(Enroller.class);
            session.requireStages(options.detectionMethod());
            LOG.info(
                    "Enrolling {} sample people with {} pictures from {}",
                    dataset.people(),
                    dataset.pictures().size(),
                    folder);
            Tally tally = new Tally();
            BatchEnrolment.Rules rules =
                    new BatchEnrolment.Rules(options, Enroller.Faces.LARGEST, false, 1);
            new BatchEnrolment(enroller, store, rules).enrol(dataset, stop::stopped, tally);
            if (!stop.stopped() && tally.failed == 0) {
                Files.writeString(done, "");
            }
            LOG.info(
                    "Sample people: {} pictures taken, {} known already, {} refused{}",
                    tally.taken,
                    tally.unchanged,
                    tally.refused,
                    tally.failed == 0 ? "" : ", some of which are tried again at the next start");
        } catch (IOException | MissingPartException e) {
            if (!stop.stopped()) {
                LOG.warn("The sample people are not enrolled: {}", e.getMessage());
            }
        }
    }

    /** Counts, and logs what was refused. */
    private static final class Tally implements BatchEnrolment.Listener {
        private int taken;
        private int unchanged;
        private int refused;

        /** Refused for no fault of the picture: may be taken another time. */
        private int failed;

        @Override
        public void taken(Dataset.Picture picture, Enrolment enrolment) {
            if (enrolment.unchanged()) {
                unchanged++;
            } else {
                taken++;
            }
        }

        @Override
        public void refused(Dataset.Picture picture, EnrolmentException why) {
            refused++;
            if (why.reason() == Reason.PART_MISSING || why.reason() == Reason.FAILED) {
                failed++;
            }
            LOG.debug("Sample picture {} refused: {}", picture.source(), why.getMessage());
        }
    }
}
