// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A numpy array of one or two dimensions; reads its elements where they are in the file's bytes.
 */
final class PickleArray {
    private int[] shape;
    private PickleDtype type;
    private boolean columnsFirst;
    private ByteBuffer data;

    /** As numpy.core.multiarray._reconstruct leaves it: without content, until it is built. */
    PickleArray() {}

    /** From the state that ndarray.__reduce__ gives: version, shape, dtype, order, bytes. */
    void build(Object state) throws RefusedFileException {
        if (!(state instanceof Tuple tuple) || tuple.items().length != 5) {
            throw new RefusedFileException("a numpy array in another state than numpy writes");
        }
        Object[] items = tuple.items();
        if (!(items[3] instanceof Boolean fortran)) {
            throw new RefusedFileException("a numpy array without an order");
        }
        fill(items[4], items[2], items[1], fortran);
    }

    /** From the arguments of numpy.core.numeric._frombuffer: buffer, dtype, shape, order, axes. */
    static PickleArray ofBuffer(Object[] arguments) throws RefusedFileException {
        String order = arguments.length < 4 ? null : PickleValues.text(arguments[3]);
        boolean natural = "C".equals(order);
        if (!natural && !"F".equals(order) || arguments.length > 5) {
            throw new RefusedFileException("a numpy array in an order other than C or F");
        }
        PickleArray array = new PickleArray();
        array.fill(arguments[0], arguments[1], arguments[2], !natural);
        return array;
    }

    /** From the arguments of numpy.core.multiarray.scalar: dtype, bytes. */
    static Double scalar(Object[] arguments) throws RefusedFileException {
        if (arguments.length != 2) {
            throw new RefusedFileException("a numpy scalar without its value");
        }
        PickleArray one = new PickleArray();
        one.fill(arguments[1], arguments[0], new Tuple(new Object[] {1L}), false);
        return one.at(0, 0);
    }

    private void fill(Object bytes, Object dtype, Object dimensions, boolean fortran)
            throws RefusedFileException {
        if (!(bytes instanceof Bytes content)
                || !(dtype instanceof PickleDtype known)
                || !(dimensions instanceof Tuple tuple)) {
            throw new RefusedFileException("a numpy array of " + PickleValues.type(bytes));
        }
        int[] sizes = new int[tuple.items().length];
        long elements = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (!(tuple.items()[i] instanceof Long size) || size < 0 || size > 1 << 28) {
                throw new RefusedFileException("a numpy array with an impossible size");
            }
            sizes[i] = size.intValue();
            elements = elements > 1L << 31 ? elements : elements * sizes[i];
        }
        if (sizes.length < 1 || sizes.length > 2) {
            throw new RefusedFileException("a numpy array of " + sizes.length + " dimensions");
        }
        if (content.content().length != elements * known.bytes()) {
            throw new RefusedFileException(
                    "a numpy array of shape "
                            + Arrays.toString(sizes)
                            + " with "
                            + content.content().length
                            + " bytes");
        }
        shape = sizes;
        type = known;
        columnsFirst = fortran;
        data = ByteBuffer.wrap(content.content()).order(known.order());
    }

    /** Whether it has that many dimensions and was given its content. */
    boolean is(int dimensions) {
        return shape != null && shape.length == dimensions;
    }

    int size(int dimension) {
        return shape[dimension];
    }

    /** The element of a row; of one dimension the row is 0. */
    double at(int row, int column) {
        int index = 0;
        if (shape.length == 1) {
            index = column;
        } else {
            index = columnsFirst ? column * shape[0] + row : row * shape[1] + column;
        }
        return type.bytes() == Double.BYTES
                ? data.getDouble(index * Double.BYTES)
                : data.getFloat(index * Float.BYTES);
    }

    /** The shape for messages. */
    String shape() {
        return shape == null ? "unknown" : Arrays.toString(shape);
    }
}
