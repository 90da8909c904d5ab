// SPDX-License-Identifier: Apache-2.0
package io.facegate.store.internal;

import io.facegate.api.store.KeptFace.Owner;
import io.facegate.store.internal.Sealing.Content;

/** The tables of faces, each with that of its chips. */
enum FaceTable {
    ENCODINGS("encodings", "chips", "encoding", Content.ENCODING, Content.CHIP),
    COUNTER_EXAMPLES(
            "counter_examples",
            "counter_chips",
            "example",
            Content.COUNTER_EXAMPLE,
            Content.COUNTER_CHIP),
    UNKNOWN(
            "unknown_faces",
            "unknown_chips",
            "face",
            Content.UNKNOWN_ENCODING,
            Content.UNKNOWN_CHIP);

    final String faces;
    final String chips;

    /** The column of the chips that has the face's id. */
    final String chipOf;

    final Content vector;
    final Content chip;

    FaceTable(String faces, String chips, String chipOf, Content vector, Content chip) {
        this.faces = faces;
        this.chips = chips;
        this.chipOf = chipOf;
        this.vector = vector;
        this.chip = chip;
    }

    static FaceTable of(Owner owner) {
        return switch (owner) {
            case PERSON -> ENCODINGS;
            case COUNTER_EXAMPLE -> COUNTER_EXAMPLES;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** A statement that says {@code $FACES}, {@code $CHIPS} and {@code $FACE} for the names. */
    String on(String statement) {
        return statement.replace("$FACES", faces).replace("$CHIPS", chips).replace("$FACE", chipOf);
    }
}
