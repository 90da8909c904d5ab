// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.util.ArrayList;
import java.util.List;

/** The faces of a pickle in their order, each with what the pickle says about who it is. */
final class PickledFaces {
    /** What a face takes here and, with its numbers in single precision, for the store. */
    private static final int BYTES = 768;

    private final long most;
    private final PickleMemory memory;
    private final List<Face> faces = new ArrayList<>();

    /**
     * @param most as many as can be in a file of its size
     * @param memory that they may take
     */
    PickledFaces(long most, PickleMemory memory) {
        this.most = most;
        this.memory = memory;
    }

    /**
     * One face.
     *
     * @param name of the person or of the picture
     * @param isPath the name is surely that of a picture
     * @param encoding as the pickle has it
     * @param list what messages call the list it is from
     * @param index place in that list
     */
    record Face(String name, boolean isPath, Object encoding, String list, int index) {
        float[] vector() throws RefusedFileException {
            return EncodingsPickle.vector(encoding, list + "[" + index + "]");
        }
    }

    int size() {
        return faces.size();
    }

    Face get(int index) {
        return faces.get(index);
    }

    void add(Face face) throws RefusedFileException {
        expect(faces.size() + 1L);
        memory.take(BYTES);
        faces.add(face);
    }

    /** So many will come. */
    void expect(long size) throws RefusedFileException {
        if (size > most) {
            throw new RefusedFileException(
                    "its " + size + " encodings do not fit into a file of that size");
        }
    }
}
