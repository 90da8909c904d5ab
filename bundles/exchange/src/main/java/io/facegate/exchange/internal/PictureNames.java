// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickledFaces.Face;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of people where a file names pictures. Scripts keep pictures in one of two ways: a folder
 * for each person, or all in one folder, each called after the person (as the command of
 * face_recognition wants them). So the folder is the name where there are several folders, else the
 * file without its ending; pictures of one folder that are only numbered are of one person, called
 * as the folder, if their faces are.
 */
final class PictureNames {
    private static final Pattern ENDING =
            Pattern.compile("(?i)\\.(jpe?g|jpe|png|bmp|gif|tiff?|webp|hei[cf]|avif|mpo|p[gpn]m)$");
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");
    private static final Pattern COUNT = Pattern.compile("[\\d\\s._()-]+");

    /** The largest distance within one person that face_recognition and Facegate start with. */
    private static final double SAME_PERSON = 0.6;

    private final PickledFaces faces;
    private final Set<String> folders = new HashSet<>();
    private final Set<String> files = new HashSet<>();

    private PictureNames(PickledFaces faces) {
        this.faces = faces;
        for (int i = 0; i < faces.size(); i++) {
            Face face = faces.get(i);
            if (isPicture(face)) {
                folders.add(parents(face.name()));
                files.add(stem(face.name()));
            }
        }
    }

    /** The name of each face. */
    static List<String> of(PickledFaces faces) throws RefusedFileException {
        PictureNames pictures = new PictureNames(faces);
        boolean byFolder = pictures.folders.size() > 1 || pictures.areOfOnePerson();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < faces.size(); i++) {
            Face face = faces.get(i);
            String name = face.name();
            if (isPicture(face)) {
                String folder = folder(name);
                name = byFolder && !folder.isBlank() ? folder : stem(name);
            }
            if (name.isBlank()) {
                throw new RefusedFileException(
                        "the picture '"
                                + RefusedFileException.shown(face.name())
                                + "' names nobody");
            }
            names.add(name);
        }
        return names;
    }

    /** Whether pictures of one folder differ by numbers alone. */
    private boolean areOfOnePerson() throws RefusedFileException {
        Set<String> words = new HashSet<>();
        files.forEach(file -> words.add(COUNT.matcher(file).replaceAll("")));
        boolean numbered = files.size() > 1 || words.contains("");
        if (words.size() != 1 || !numbered) {
            return false;
        }
        float[] first = null;
        for (int i = 0; i < faces.size(); i++) {
            if (isPicture(faces.get(i))) {
                float[] vector = faces.get(i).vector();
                first = first == null ? vector : first;
                if (distance(first, vector) > SAME_PERSON
                        || folder(faces.get(i).name()).isBlank()) {
                    throw new RefusedFileException(
                            "pictures like '"
                                    + RefusedFileException.shown(faces.get(i).name())
                                    + "' name nobody: each person needs a folder, or files with"
                                    + " their name");
                }
            }
        }
        return true;
    }

    private static double distance(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.pow((double) one[i] - other[i], 2);
        }
        return Math.sqrt(sum);
    }

    private static boolean isPicture(Face face) {
        return face.isPath() || ENDING.matcher(face.name()).find();
    }

    /** The file's name without its ending. */
    private static String stem(String path) {
        String[] parts = SEPARATOR.split(path);
        return parts.length == 0 ? "" : ENDING.matcher(parts[parts.length - 1]).replaceFirst("");
    }

    /** The name of the folder that the file is in; empty when none is named. */
    private static String folder(String path) {
        String[] parts = SEPARATOR.split(path);
        String folder = parts.length < 2 ? "" : parts[parts.length - 2];
        return folder.matches("\\.{1,2}|[A-Za-z]:") ? "" : folder;
    }

    private static String parents(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
