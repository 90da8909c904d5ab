// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names a pickle of encodings may refer to, and what Facegate itself does in their place.
 * Nothing is looked up by name: what is not listed here is refused.
 */
enum PickleGlobal {
    /** Makes an array that BUILD fills. */
    RECONSTRUCT("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct"),
    /** Makes an array from bytes (protocol 5). */
    FROMBUFFER("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"),
    /** Makes one number. */
    SCALAR("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar"),
    /** Stands for the class only. */
    NDARRAY("numpy.ndarray"),
    /** Makes the type of elements. */
    DTYPE("numpy.dtype"),
    /** Bytes in protocols that have none: text in which every character is a byte. */
    ENCODE("_codecs.encode");

    private final List<String> names;

    PickleGlobal(String... names) {
        this.names = List.of(names);
    }

    static PickleGlobal of(String module, String name) throws RefusedFileException {
        String full = module + "." + name;
        for (PickleGlobal global : values()) {
            if (global.names.contains(full)) {
                return global;
            }
        }
        throw new RefusedFileException(
                "it refers to '"
                        + RefusedFileException.shown(full)
                        + "', which no file of encodings needs: nothing of it was executed");
    }

    /** What Python would make of calling this. */
    Object call(Object[] arguments) throws RefusedFileException {
        return switch (this) {
            case RECONSTRUCT -> {
                if (arguments.length != 3 || arguments[0] != NDARRAY) {
                    throw new RefusedFileException(
                            this + " with other arguments than numpy writes");
                }
                yield new PickleArray();
            }
            case FROMBUFFER -> PickleArray.ofBuffer(arguments);
            case SCALAR -> PickleArray.scalar(arguments);
            case DTYPE -> PickleDtype.of(arguments);
            case ENCODE -> encoded(arguments);
            case NDARRAY -> throw new RefusedFileException("a call of " + this);
        };
    }

    private static Bytes encoded(Object[] arguments) throws RefusedFileException {
        if (arguments.length != 2
                || !(arguments[0] instanceof String text)
                || !"latin1".equals(PickleValues.text(arguments[1]))
                || text.chars().anyMatch(c -> c > 0xff)) {
            throw new RefusedFileException("_codecs.encode of something that is not bytes");
        }
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Object[] arguments(Object tuple) throws RefusedFileException {
        if (!(tuple instanceof Tuple arguments)) {
            throw new RefusedFileException("a call with " + PickleValues.type(tuple));
        }
        return arguments.items();
    }

    @Override
    public String toString() {
        return names.get(0);
    }
}
