// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * An ONNX model in the making (onnx.proto, IR version 8, opset 13: what every ONNX Runtime since
 * 1.14 reads). The same calls give the same bytes.
 */
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;

    /** TensorProto.DataType. */
    static final int FLOAT = 1;

    static final int UINT8 = 2;
    private static final int LARGEST_HALF_EXPONENT = 14;

    private static final int INT64 = 7;
    private static final int FLOAT16 = 10;

    /** AttributeProto.AttributeType. */
    private static final int TYPE_INT = 2;

    private static final int TYPE_INTS = 7;

    private final String name;
    private final Storage storage;
    private final List<byte[]> nodes = new ArrayList<>();
    private final List<byte[]> initializers = new ArrayList<>();
    private final Message values = new Message();

    /** Attributes of a node: integers, one or several. */
    record Attributes(Map<String, long[]> lists, Map<String, Long> single) {
        static final Attributes NONE = new Attributes(Map.of(), Map.of());

        static Attributes of(SortedMap<String, long[]> lists) {
            return new Attributes(lists, Map.of());
        }
    }

    OnnxGraph(String name, Storage storage) {
        this.name = name;
        this.storage = storage;
    }

    /**
     * Declares an input.
     *
     * @param type of its elements
     * @param dimensions numbers, or names where any number will do
     */
    void input(String input, int type, Object... dimensions) {
        values.message(11, tensorValue(input, type, dimensions));
    }

    /** Declares an output of fp32. */
    void output(String output, Object... dimensions) {
        values.message(12, tensorValue(output, FLOAT, dimensions));
    }

    /** Adds a node; the result is the name of its output. */
    String node(String operator, Attributes attributes, String... inputs) {
        return node(operator.toLowerCase(Locale.ROOT) + nodes.size(), operator, attributes, inputs);
    }

    /** Adds a node whose output has the given name. */
    String node(String output, String operator, Attributes attributes, String... inputs) {
        nodes.add(
                Message.of(
                        node -> {
                            for (String input : inputs) {
                                node.text(1, input);
                            }
                            node.text(2, output).text(3, output).text(4, operator);
                            attributes.lists.forEach((k, v) -> node.message(5, ints(k, v)));
                            attributes.single.forEach((k, v) -> node.message(5, integer(k, v)));
                        }));
        return output;
    }

    /** Adds weights; the result is their name, to be used as an input of nodes. */
    String weights(double[] weights, long... dimensions) {
        return storage == Storage.FP16 ? halves(weights, dimensions) : numbers(weights, dimensions);
    }

    /** Adds numbers that are fp32 in every storage, as biases are. */
    String numbers(double[] numbers, long... dimensions) {
        String stored = "w" + initializers.size();
        var bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            bytes.putFloat((float) number);
        }
        tensor(stored, FLOAT, bytes.array(), dimensions);
        return stored;
    }

    /**
     * Scaled by a power of two, so that the largest is just below the largest half and few become
     * subnormal, which would cost them precision. The engine scales them back when it loads them.
     */
    private String halves(double[] weights, long... dimensions) {
        String stored = "w" + initializers.size();
        double largest = Arrays.stream(weights).map(Math::abs).max().orElse(1);
        int exponent = largest == 0 ? 0 : LARGEST_HALF_EXPONENT - Math.getExponent(largest);
        var bytes = ByteBuffer.allocate(weights.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (double weight : weights) {
            bytes.putShort(Half.of((float) Math.scalb(weight, exponent)));
        }
        tensor(stored, FLOAT16, bytes.array(), dimensions);
        String scale = numbers(new double[] {Math.scalb(1.0, -exponent)});
        return node("Mul", Attributes.NONE, toFloat(stored), scale);
    }

    /** Adds a conversion to fp32. */
    String toFloat(String value) {
        return node("Cast", new Attributes(Map.of(), Map.of("to", (long) FLOAT)), value);
    }

    /** Adds a list of whole numbers. */
    String integers(long... numbers) {
        String stored = "w" + initializers.size();
        var bytes = ByteBuffer.allocate(numbers.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        tensor(stored, INT64, bytes.array(), numbers.length);
        return stored;
    }

    private void tensor(String tensor, int type, byte[] raw, long... dimensions) {
        initializers.add(
                Message.of(
                        m ->
                                m.integers(1, dimensions)
                                        .integer(2, type)
                                        .text(8, tensor)
                                        .bytes(9, raw)));
    }

    /**
     * The file.
     *
     * @param metadata texts that travel with the model
     */
    byte[] toBytes(SortedMap<String, String> metadata) {
        byte[] graph =
                Message.of(
                        g -> {
                            nodes.forEach(node -> g.bytes(1, node));
                            g.text(2, name);
                            initializers.forEach(tensor -> g.bytes(5, tensor));
                        });
        byte[] ends = values.toBytes();
        byte[] whole = Arrays.copyOf(graph, graph.length + ends.length);
        System.arraycopy(ends, 0, whole, graph.length, ends.length);
        return Message.of(
                model -> {
                    model.integer(1, IR_VERSION).text(2, "facegate").bytes(7, whole);
                    model.message(8, opset -> opset.text(1, "").integer(2, OPSET));
                    metadata.forEach(
                            (key, value) -> model.message(14, e -> e.text(1, key).text(2, value)));
                });
    }

    private static Consumer<Message> ints(String attribute, long[] list) {
        return m -> m.text(1, attribute).integers(8, list).integer(20, TYPE_INTS);
    }

    private static Consumer<Message> integer(String attribute, long value) {
        return m -> m.text(1, attribute).integer(3, value).integer(20, TYPE_INT);
    }

    private static Consumer<Message> tensorValue(String value, int element, Object... dimensions) {
        return m ->
                m.text(1, value)
                        .message(
                                2,
                                type ->
                                        type.message(
                                                1,
                                                tensor ->
                                                        tensor.integer(1, element)
                                                                .message(2, shape(dimensions))));
    }

    private static Consumer<Message> shape(Object... dimensions) {
        return shape -> {
            for (Object dimension : dimensions) {
                shape.message(
                        1,
                        d -> {
                            if (dimension instanceof String text) {
                                d.text(2, text);
                            } else {
                                d.integer(1, ((Number) dimension).longValue());
                            }
                        });
            }
        };
    }
}
