// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** A protocol buffer message in the making; fields are written in the order of the calls. */
final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    /** A message made by {@code fill}. */
    static byte[] of(Consumer<Message> fill) {
        var message = new Message();
        fill.accept(message);
        return message.toBytes();
    }

    Message integer(int field, long value) {
        return write(() -> out.writeInt64(field, value));
    }

    Message integers(int field, long... values) {
        for (long value : values) {
            integer(field, value);
        }
        return this;
    }

    Message text(int field, String value) {
        return write(() -> out.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
        return write(() -> out.writeByteArray(field, value));
    }

    /** A message inside this one. */
    Message message(int field, Consumer<Message> fill) {
        return bytes(field, of(fill));
    }

    byte[] toBytes() {
        write(out::flush);
        return bytes.toByteArray();
    }

    private Message write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
