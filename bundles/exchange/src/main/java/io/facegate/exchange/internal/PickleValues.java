// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle of encodings is made of, besides Java's own Long, Double, Boolean and String.
 * Nothing here has behaviour of its own.
 */
final class PickleValues {
    /** Python's None. */
    static final Object NONE = new Object();

    private static final Map<Class<?>, String> TYPES =
            Map.of(
                    NONE.getClass(),
                    "None",
                    Long.class,
                    "an int",
                    Double.class,
                    "a float",
                    Boolean.class,
                    "a bool",
                    String.class,
                    "a str",
                    Bytes.class,
                    "bytes",
                    Dict.class,
                    "a dict",
                    PickleDtype.class,
                    "a dtype");

    private PickleValues() {}

    /** Python's bytes, bytearray, and the str of Python 2. */
    record Bytes(byte[] content) {}

    /** What has items in an order: a list, a tuple, a numpy array. */
    interface Items {
        int size();

        /**
         * @throws RefusedFileException it can not be read
         */
        Object get(int index) throws RefusedFileException;
    }

    /** A tuple. */
    record Tuple(Object[] items) implements Items {
        @Override
        public int size() {
            return items.length;
        }

        @Override
        public Object get(int index) {
            return items[index];
        }
    }

    /** A dict, also an ordered one or one with defaults; its keys are text, or shown as such. */
    static final class Dict {
        final Map<String, Object> items = new LinkedHashMap<>();

        /** Whether all keys are text; numbers are not names. */
        boolean isOfText = true;

        void put(Object key, Object value, PickleMemory memory) throws RefusedFileException {
            boolean isNumber = key instanceof Long;
            isOfText &= !isNumber;
            String text = isNumber ? key.toString() : text(key);
            if (text == null) {
                throw new RefusedFileException(
                        type(key) + " as key of a dict, where text or an int belongs");
            }
            memory.take(PickleMemory.OBJECT + PickleMemory.slot(value));
            items.put(text, value);
        }
    }

    /** A list; one of floats alone is kept as numbers. */
    static final class Sequence implements Items {
        private double[] numbers = new double[0];
        private int size;
        private List<Object> others;

        @Override
        public int size() {
            return others == null ? size : others.size();
        }

        @Override
        public Object get(int index) {
            return others == null ? (Object) numbers[index] : others.get(index);
        }

        void add(Object item, PickleMemory memory) throws RefusedFileException {
            if (others == null && item instanceof Double number) {
                if (size == numbers.length) {
                    int room = Math.max(8, size + (size >> 1));
                    memory.take(8L * (room - size));
                    numbers = Arrays.copyOf(numbers, room);
                }
                numbers[size++] = number;
                return;
            }
            if (others == null) {
                others = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    memory.take(PickleMemory.slot(numbers[i]));
                    others.add(numbers[i]);
                }
                numbers = new double[0];
            }
            memory.take(PickleMemory.slot(item));
            others.add(item);
        }
    }

    /** Text, also that of Python 2; null when it is something else. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Bytes bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.content))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
        return null;
    }

    /** What has items; null when it is something else. */
    static Items items(Object value) {
        boolean none = value instanceof PickleArray array && (array.is(0) || !array.isBuilt());
        return !none && value instanceof Items items ? items : null;
    }

    /** What stands alone in an array without dimensions, else the value itself. */
    static Object bare(Object value) throws RefusedFileException {
        return value instanceof PickleArray array && array.is(0) ? array.single() : value;
    }

    /** What Python calls the type of a value, with an article. */
    static String type(Object value) {
        if (value instanceof PickleArray array) {
            return "a numpy array of shape " + array.shape();
        }
        if (value instanceof PickleGlobal global) {
            return "the function " + global;
        }
        if (value instanceof Sequence list) {
            return "a list of " + list.size();
        }
        if (value instanceof Tuple tuple) {
            return "a tuple of " + tuple.items.length;
        }
        return TYPES.getOrDefault(value.getClass(), "something else");
    }
}
