// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.ByteOrder;

/** The type of the elements of a numpy array: float64 or float32, in either byte order. */
final class PickleDtype {
    private final int bytes;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    private PickleDtype(int bytes) {
        this.bytes = bytes;
    }

    /** From the arguments of numpy.dtype: name, align, copy. */
    static PickleDtype of(Object[] arguments) throws RefusedFileException {
        String name = arguments.length == 3 ? PickleValues.text(arguments[0]) : null;
        if (name == null) {
            throw new RefusedFileException("numpy.dtype with other arguments than numpy writes");
        }
        return switch (name) {
            case "f8" -> new PickleDtype(Double.BYTES);
            case "f4" -> new PickleDtype(Float.BYTES);
            default ->
                    throw new RefusedFileException(
                            "a numpy array of type '"
                                    + RefusedFileException.shown(name)
                                    + "', where f8 (float64) or f4 (float32) is needed");
        };
    }

    /** From the state that numpy.dtype.__reduce__ gives: version, byte order, nothing more. */
    void build(Object state) throws RefusedFileException {
        String sign =
                state instanceof Tuple tuple && tuple.items().length == 8
                        ? PickleValues.text(tuple.items()[1])
                        : null;
        if (!"<".equals(sign) && !">".equals(sign)) {
            throw new RefusedFileException("a numpy.dtype in a state that a float's never has");
        }
        order = sign.equals("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** Bytes of one element. */
    int bytes() {
        return bytes;
    }

    ByteOrder order() {
        return order;
    }
}
