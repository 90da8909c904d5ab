// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.guided;

import io.facegate.api.store.StoredEncoding;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source kept with the encoding of a pose, {@code camera:front/left}: the camera and the pose,
 * so that a later enrolment knows which poses are missing.
 */
final class PoseSources {
    private static final Pattern SOURCE = Pattern.compile("camera:[^/]*/([a-z]+)");

    private PoseSources() {}

    /**
     * @param camera without a slash
     */
    static String of(String camera, Pose pose) {
        return "camera:" + camera + "/" + pose.word();
    }

    /** The poses that encodings are of, whichever camera took them. */
    static Set<Pose> taken(Collection<StoredEncoding> encodings) {
        Set<Pose> poses = EnumSet.noneOf(Pose.class);
        for (StoredEncoding encoding : encodings) {
            Matcher source = SOURCE.matcher(encoding.source());
            if (source.matches()) {
                for (Pose pose : Pose.values()) {
                    if (pose.word().equals(source.group(1))) {
                        poses.add(pose);
                    }
                }
            }
        }
        return poses;
    }
}
