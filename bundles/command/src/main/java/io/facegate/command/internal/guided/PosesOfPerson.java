// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.recognition.RecognitionOptions;
import io.facegate.api.store.EncodingStore;
import io.facegate.api.store.Person;
import io.facegate.api.store.StoreException;
import io.facegate.command.internal.session.Count;
import io.facegate.command.internal.session.ExitCode;
import io.facegate.command.internal.session.MissingPartException;
import io.facegate.command.internal.session.Session;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code people add NAME --camera}: takes the poses that a person has not. */
public final class PosesOfPerson {
    private final Session session;
    private final String name;
    private final CameraArguments arguments;
    private final RecognitionOptions options;
    private final boolean strict;

    /**
     * Begins nothing yet.
     *
     * @param options how to look for faces
     * @param strict whether doubtful poses are refused
     */
    public PosesOfPerson(
            Session session,
            String name,
            CameraArguments arguments,
            RecognitionOptions options,
            boolean strict) {
        this.session = session;
        this.name = name;
        this.arguments = arguments;
        this.options = options;
        this.strict = strict;
    }

    /**
     * Takes them.
     *
     * @return the exit code: done when no pose is missing that must not
     */
    public int run() throws IOException, MissingPartException {
        Set<Pose> wanted = arguments.poses();
        var time = arguments.timeout();
        EncodingStore store = session.require(EncodingStore.class);
        Set<Pose> before = EnumSet.noneOf(Pose.class);
        if (!arguments.again()) {
            before.addAll(before(store));
            before.retainAll(wanted);
        }
        Set<Pose> missing = EnumSet.copyOf(wanted);
        missing.removeAll(before);
        CameraChoice camera = CameraChoice.of(session, arguments.camera().orElseThrow());
        if (missing.isEmpty()) {
            session.say(name + " has " + Pose.words(wanted) + " already; --again takes them anew.");
            tell(store, camera, List.of(), before, missing);
            return ExitCode.DONE;
        }
        if (!before.isEmpty()) {
            session.say(
                    name
                            + " has "
                            + Pose.words(before)
                            + " already; missing: "
                            + Pose.words(missing)
                            + ".");
        }
        GuidedEnrolment enrolment =
                new GuidedEnrolment(
                        session,
                        new GuidedEnrolment.Wish(name, missing, options, strict, time),
                        camera);
        session.say(
                "Enrolling "
                        + name
                        + " from "
                        + camera.label()
                        + " for up to "
                        + time.toSeconds()
                        + " s: "
                        + Pose.words(missing)
                        + ".");
        try {
            enrolment.run();
        } catch (IOException e) {
            session.say(e.getMessage());
        }
        Set<Pose> left = EnumSet.copyOf(missing);
        enrolment.taken().forEach(taken -> left.remove(taken.pose()));
        summarise(store, enrolment.taken(), left);
        tell(store, camera, enrolment.taken(), before, left);
        boolean complete = left.stream().noneMatch(Pose::required);
        return complete && !session.stop().stopped() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private Set<Pose> before(EncodingStore store) throws StoreException {
        Optional<Person> person = store.find(name);
        return person.isEmpty() ? Set.of() : PoseSources.taken(store.encodings(person.get().id()));
    }

    private void summarise(EncodingStore store, List<TakenPose> taken, Set<Pose> left)
            throws StoreException {
        String end = session.stop().stopped() ? "Stopped. " : "";
        String missing = Pose.words(left);
        if (!left.isEmpty() && left.stream().noneMatch(Pose::required)) {
            missing += " (not needed)";
        }
        session.say(
                end
                        + "Taken: "
                        + Pose.words(taken.stream().map(TakenPose::pose).sorted().toList())
                        + ". Missing: "
                        + missing
                        + ".");
        if (!left.isEmpty() && !taken.isEmpty()) {
            session.say("The same command again asks for what is missing.");
        }
        store.find(name)
                .ifPresent(
                        person ->
                                session.say(
                                        person.name()
                                                + " ("
                                                + Count.of(
                                                        person.encodings(), "encoding", "encodings")
                                                + ")."));
    }

    private void tell(
            EncodingStore store,
            CameraChoice camera,
            List<TakenPose> taken,
            Set<Pose> before,
            Set<Pose> left)
            throws StoreException {
        if (arguments.json()) {
            session.out()
                    .println(
                            PosesJson.of(
                                    name, store.find(name), camera.label(), taken, before, left));
        }
    }
}
