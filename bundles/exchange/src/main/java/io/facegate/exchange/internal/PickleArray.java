// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleDtype.Elements;
import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Items;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.util.Arrays;

/**
 * A numpy array; reads its elements where they are in the file's bytes. Its items are those of its
 * first dimension: elements, or arrays of one dimension less.
 */
final class PickleArray implements Items {
    private static final int MOST_DIMENSIONS = 32;

    private final boolean masked;
    private int[] shape;
    private int[] steps;
    private int start;
    private Elements elements;

    /**
     * As numpy.core.multiarray._reconstruct leaves it: without content, until it is built.
     *
     * @param masked it is a numpy.ma.MaskedArray, which has a mask as well
     */
    PickleArray(boolean masked) {
        this.masked = masked;
    }

    /**
     * From the state that ndarray.__reduce__ gives: version, shape, dtype, order, content; of a
     * masked array also: mask, fill value.
     */
    void build(Object state) throws RefusedFileException {
        if (!(state instanceof Tuple tuple) || tuple.size() != (masked ? 7 : 5)) {
            throw new RefusedFileException("a numpy array in another state than numpy writes");
        }
        if (!(tuple.get(3) instanceof Boolean fortran)) {
            throw new RefusedFileException("a numpy array without an order");
        }
        long count = fill(tuple.get(4), tuple.get(2), tuple.get(1), fortran);
        if (!masked) {
            return;
        }
        if (!(tuple.get(5) instanceof Bytes mask) || mask.content().length != count) {
            throw new RefusedFileException("a numpy array whose mask does not fit");
        }
        Elements all = elements;
        elements = i -> mask.content()[i] == 0 ? all.at(i) : PickleValues.NONE;
    }

    /** From the arguments of numpy.core.numeric._frombuffer: buffer, dtype, shape, order, axes. */
    static PickleArray ofBuffer(Object[] arguments) throws RefusedFileException {
        String order = arguments.length < 4 ? null : PickleValues.text(arguments[3]);
        boolean natural = "C".equals(order);
        if (!natural && !"F".equals(order) || arguments.length > 5) {
            throw new RefusedFileException("a numpy array in an order other than C or F");
        }
        PickleArray array = new PickleArray(false);
        array.fill(arguments[0], arguments[1], arguments[2], !natural);
        return array;
    }

    /** From the arguments of numpy.core.multiarray.scalar: dtype, bytes. */
    static Object scalar(Object[] arguments) throws RefusedFileException {
        if (arguments.length != 2 || !(arguments[0] instanceof PickleDtype dtype)) {
            throw new RefusedFileException("a numpy scalar without its value");
        }
        return dtype.scalar(arguments[1]);
    }

    private long fill(Object content, Object dtype, Object dimensions, boolean fortran)
            throws RefusedFileException {
        if (!(dtype instanceof PickleDtype known) || !(dimensions instanceof Tuple tuple)) {
            throw new RefusedFileException("a numpy array without a type or a shape");
        }
        if (tuple.size() > MOST_DIMENSIONS) {
            throw new RefusedFileException("a numpy array of " + tuple.size() + " dimensions");
        }
        int[] sizes = new int[tuple.size()];
        long count = 1;
        for (int i = 0; i < sizes.length; i++) {
            if (!(tuple.get(i) instanceof Long size) || size < 0 || size > 1 << 28) {
                throw new RefusedFileException("a numpy array with an impossible size");
            }
            sizes[i] = size.intValue();
            count = count > 1L << 31 ? count : count * sizes[i];
        }
        elements = known.elements(content, count);
        shape = sizes;
        steps = new int[sizes.length];
        int step = 1;
        for (int i = 0; i < sizes.length; i++) {
            int dimension = fortran ? i : sizes.length - 1 - i;
            steps[dimension] = step;
            step *= sizes[dimension];
        }
        return count;
    }

    /** Whether it was given its content. */
    boolean isBuilt() {
        return shape != null;
    }

    /** Whether it has that many dimensions and was given its content. */
    boolean is(int dimensions) {
        return shape != null && shape.length == dimensions;
    }

    /** The only element of an array without dimensions. */
    Object single() throws RefusedFileException {
        return elements.at(start);
    }

    @Override
    public int size() {
        return shape[0];
    }

    @Override
    public Object get(int index) throws RefusedFileException {
        int at = start + index * steps[0];
        if (shape.length == 1) {
            return elements.at(at);
        }
        PickleArray row = new PickleArray(masked);
        row.shape = Arrays.copyOfRange(shape, 1, shape.length);
        row.steps = Arrays.copyOfRange(steps, 1, steps.length);
        row.start = at;
        row.elements = elements;
        return row;
    }

    /** The shape for messages. */
    String shape() {
        return shape == null ? "unknown" : Arrays.toString(shape);
    }
}
