// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Dict;
import io.facegate.exchange.internal.PickleValues.Items;
import io.facegate.exchange.internal.PickledFaces.Face;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The forms in which scripts keep encodings: a dict of two lists, a pair of lists, a list of faces,
 * or a dict of people.
 */
final class PickleForms {
    private static final List<String> ENCODINGS =
            List.of("encodings", "known_face_encodings", "known_encodings", "face_encodings");
    private static final List<String> NAMES =
            List.of("names", "known_face_names", "known_names", "face_names");
    private static final List<String> ENCODING = List.of("encoding", "face_encoding");
    private static final List<String> NAME = List.of("name");
    private static final List<String> PICTURE = List.of("imagePath", "image_path");

    private static final String WANTED =
            ", where \"encodings\" and \"names\" (or \"known_face_encodings\" and"
                    + " \"known_face_names\") are wanted";
    private static final String WANTED_OF_A_FACE =
            ", where \"encoding\" and \"name\" or \"imagePath\" are wanted";

    /** Keys under which nobody keeps the encodings of a person. */
    private static final Pattern NOBODY =
            Pattern.compile(
                    "(?i)((known|face)_?)*(encoding|embedding|descriptor|vector|feature|face|name"
                            + "|label|image|dataset|data|x)s?");

    private static final int KEYS_SHOWN = 10;

    private final PickledFaces faces;

    PickleForms(PickledFaces faces) {
        this.faces = faces;
    }

    /**
     * Adds the faces of a value.
     *
     * @throws RefusedFileException it has none of the forms; the message says what it has
     */
    void read(Object value) throws RefusedFileException {
        Items items = PickleValues.items(value);
        if (value instanceof Dict dict) {
            dict(dict);
        } else if (items == null) {
            throw new RefusedFileException("it holds " + PickleValues.type(value) + WANTED);
        } else if (items.size() == 2 && areNames(items.get(1))) {
            lists(items.get(0), items.get(1));
        } else if (items.size() == 2 && areNames(items.get(0))) {
            lists(items.get(1), items.get(0));
        } else {
            faces.expect(items.size());
            for (int i = 0; i < items.size(); i++) {
                face(items, i);
            }
        }
    }

    private void dict(Dict dict) throws RefusedFileException {
        Optional<Object> encodings = part(dict, ENCODINGS);
        Optional<Object> names = part(dict, NAMES);
        if (encodings.isPresent() && names.isPresent()) {
            lists(encodings.get(), names.get());
        } else if (arePeople(dict)) {
            for (Map.Entry<String, Object> person : dict.items.entrySet()) {
                person(person.getKey(), person.getValue());
            }
        } else {
            throw new RefusedFileException("its dict has " + keys(dict) + WANTED);
        }
    }

    /** A list of encodings, and one of as many names. */
    private void lists(Object encodings, Object names) throws RefusedFileException {
        Items vectors = list(encodings, "encodings");
        Items texts = list(names, "names");
        int size = vectors.size();
        if (size != texts.size()) {
            throw new RefusedFileException(
                    "it has " + size + " encodings and " + texts.size() + " names");
        }
        faces.expect(size);
        for (int i = 0; i < size; i++) {
            String name = name(texts.get(i), "names[" + i + "]");
            faces.add(new Face(name, false, vectors.get(i), "encodings", i));
        }
    }

    /** A face by itself: a dict, or a name with its encoding. */
    private void face(Items list, int index) throws RefusedFileException {
        Object item = PickleValues.bare(list.get(index));
        String place = "item[" + index + "]";
        if (item instanceof Dict dict) {
            Optional<Object> encoding = part(dict, ENCODING);
            Optional<Object> name = part(dict, NAME);
            Optional<Object> who = name.or(() -> part(dict, PICTURE));
            if (encoding.isEmpty() || who.isEmpty()) {
                throw new RefusedFileException(
                        "the dict of " + place + " has " + keys(dict) + WANTED_OF_A_FACE);
            }
            add(name(who.get(), "the name of " + place), name.isEmpty(), encoding.get(), index);
            return;
        }
        Items pair = PickleValues.items(item);
        if (pair != null && pair.size() == 2) {
            for (int i = 0; i < 2; i++) {
                String name = PickleValues.text(PickleValues.bare(pair.get(i)));
                if (name != null && isVector(pair.get(1 - i))) {
                    add(name(name, "the name of " + place), false, pair.get(1 - i), index);
                    return;
                }
            }
        }
        String alone = isVector(item) ? "an encoding without a name" : PickleValues.type(item);
        throw new RefusedFileException(
                "it holds "
                        + PickleValues.type(list)
                        + " whose "
                        + place
                        + " is "
                        + alone
                        + WANTED);
    }

    private void add(String name, boolean isPath, Object encoding, int index)
            throws RefusedFileException {
        faces.add(new Face(name, isPath, encoding, "the encoding of item", index));
    }

    /** A dict of names, each with an encoding or several. */
    private boolean arePeople(Dict dict) throws RefusedFileException {
        for (Map.Entry<String, Object> person : dict.items.entrySet()) {
            Items vectors = PickleValues.items(person.getValue());
            boolean vector = isVector(person.getValue());
            if (NOBODY.matcher(person.getKey()).matches()
                    || !vector
                            && (vectors == null
                                    || vectors.size() == 0
                                    || !isVector(vectors.get(0)))) {
                return false;
            }
        }
        return dict.isOfText && !dict.items.isEmpty();
    }

    private void person(String name, Object encodings) throws RefusedFileException {
        String who = name(name, "a name");
        String list = "the encoding of '" + RefusedFileException.shown(who) + "'";
        if (isVector(encodings)) {
            faces.add(new Face(who, false, encodings, list, 0));
            return;
        }
        Items vectors = PickleValues.items(encodings);
        for (int i = 0; i < vectors.size(); i++) {
            faces.add(new Face(who, false, vectors.get(i), list, i));
        }
    }

    private static boolean isVector(Object value) throws RefusedFileException {
        return EncodingsPickle.isVector(value);
    }

    /** Names by their first and last: one between them that is none is told as such. */
    private static boolean areNames(Object value) throws RefusedFileException {
        Items items = PickleValues.items(value);
        return items != null
                && items.size() > 0
                && PickleValues.text(PickleValues.bare(items.get(0))) != null
                && PickleValues.text(PickleValues.bare(items.get(items.size() - 1))) != null;
    }

    private static Items list(Object value, String what) throws RefusedFileException {
        Items items = PickleValues.items(value);
        if (items == null) {
            throw new RefusedFileException(
                    "its \""
                            + what
                            + "\" are "
                            + PickleValues.type(value)
                            + ", where a list belongs");
        }
        return items;
    }

    private static String name(Object value, String place) throws RefusedFileException {
        Object bare = PickleValues.bare(value);
        String name = PickleValues.text(bare);
        if (name == null || name.isBlank()) {
            throw new RefusedFileException(
                    place
                            + " is "
                            + (name == null ? PickleValues.type(bare) : "empty")
                            + ", where a name belongs");
        }
        return name;
    }

    private static Optional<Object> part(Dict dict, List<String> keys) {
        return keys.stream().filter(dict.items::containsKey).findFirst().map(dict.items::get);
    }

    private static String keys(Dict dict) {
        int size = dict.items.size();
        String shown =
                dict.items.keySet().stream()
                        .limit(KEYS_SHOWN)
                        .map(key -> '"' + RefusedFileException.shown(key) + '"')
                        .collect(Collectors.joining(", "));
        return switch (size) {
            case 0 -> "no keys";
            case 1 -> "the key " + shown;
            default ->
                    "the keys "
                            + shown
                            + (size > KEYS_SHOWN ? " and " + (size - KEYS_SHOWN) + " more" : "");
        };
    }
}
