// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import io.facegate.exchange.internal.PickleValues.Bytes;
import io.facegate.exchange.internal.PickleValues.Dict;
import io.facegate.exchange.internal.PickleValues.Sequence;
import io.facegate.exchange.internal.PickleValues.Tuple;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads one pickle, protocols 0 to 5 (opcodes: Python's pickletools). A machine that knows data and
 * the few names of {@link PickleGlobal}, and refuses everything else; no class is loaded, nothing
 * is called by name, and it does not recurse.
 */
final class PickleReader {
    private static final int OBJECT = PickleMemory.OBJECT;

    /** The opcode that a pickle of protocol 2 and newer begins with. */
    private static final int PROTOCOL = 0x80;

    private final PickleInput in;
    private final PickleMemory memory;
    private final PickleStack stack;
    private final PickleMemo memo;

    /**
     * @param limit bytes of memory it may take, by its own estimate
     */
    PickleReader(InputStream stream, long limit) {
        memory = new PickleMemory(limit);
        in = new PickleInput(stream, memory);
        stack = new PickleStack(memory);
        memo = new PickleMemo(memory);
    }

    /** Bytes read so far. */
    long position() {
        return in.position();
    }

    /**
     * The value of the pickle, which is all there is in the stream; of two lists that were written
     * one after the other, both.
     *
     * @throws RefusedFileException it was refused; the message ends with the place
     */
    Object read() throws IOException {
        Object value = one();
        if (PickleValues.items(value) != null && in.next() == PROTOCOL) {
            Object second = one();
            value =
                    PickleValues.items(second) == null
                            ? null
                            : new Tuple(new Object[] {value, second});
        }
        if (value == null || in.next() >= 0) {
            throw new RefusedFileException(
                    "there is more after the end of the pickle, and not just one list of encodings"
                            + " and one of names (at byte "
                            + in.position()
                            + ")");
        }
        return value;
    }

    private Object one() throws IOException {
        long at = 0;
        memo.clear();
        try {
            while (true) {
                at = in.position();
                int opcode = in.u1();
                if (opcode == '.') {
                    break;
                }
                if (!number(opcode)
                        && !text(opcode)
                        && !container(opcode)
                        && !filling(opcode)
                        && !remembering(opcode)
                        && !building(opcode)) {
                    throw new RefusedFileException(PickleRefusals.of(opcode, in));
                }
            }
            at = in.position();
            return stack.result();
        } catch (RefusedFileException e) {
            throw new RefusedFileException(e.getMessage() + " (at byte " + at + ")");
        }
    }

    private boolean number(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> stack.push(PickleValues.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'I' -> stack.push(PickleInput.wholeOrBool(in.word()));
            case 'L' -> stack.push(PickleInput.decimal(in.word().replaceFirst("L$", "")));
            case 'J' -> stack.push((long) in.i4());
            case 'K' -> stack.push((long) in.u1());
            case 'M' -> stack.push((long) in.u2());
            case 0x8a -> stack.push(in.whole(in.u1()));
            case 0x8b -> stack.push(in.whole(in.i4()));
            case 'G' -> stack.push(in.f8());
            case 'F' -> stack.push(PickleText.decimal(in.word()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) throws IOException {
        switch (opcode) {
            case 'V' -> pushText(PickleText.rawUnicode(in.line(Integer.MAX_VALUE)));
            case 'X' -> pushUtf8(in.u4());
            case 0x8c -> pushUtf8(in.u1());
            case 0x8d -> pushUtf8(in.i8());
            case 'S' -> {
                byte[] bytes = PickleText.quoted(in.line(Integer.MAX_VALUE));
                memory.take(bytes.length);
                pushBytes(bytes);
            }
            case 'T', 'B' -> pushBytes(in.bytes(in.u4()));
            case 'U', 'C' -> pushBytes(in.bytes(in.u1()));
            case 0x8e, 0x96 -> pushBytes(in.bytes(in.i8()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void pushUtf8(long length) throws IOException {
        String text = PickleText.utf8(in.bytes(length));
        memory.give(length);
        pushText(text);
    }

    private void pushText(String text) throws RefusedFileException {
        boolean narrow = text.chars().allMatch(c -> c <= 0xff);
        memory.take(OBJECT + (narrow ? 1L : 2L) * text.length());
        stack.push(text);
    }

    /** The content itself was counted while it was read. */
    private void pushBytes(byte[] bytes) throws RefusedFileException {
        memory.take(OBJECT);
        stack.push(new Bytes(bytes));
    }

    private boolean container(int opcode) throws IOException {
        switch (opcode) {
            case ']' -> push(new Sequence());
            case '}' -> push(new Dict());
            case ')' -> pushTuple();
            case '(' -> stack.mark();
            case 't' -> pushTuple(stack.popToMark());
            case 0x85 -> pushTuple(stack.pop());
            case 0x86 -> {
                Object second = stack.pop();
                pushTuple(stack.pop(), second);
            }
            case 0x87 -> {
                Object third = stack.pop();
                Object second = stack.pop();
                pushTuple(stack.pop(), second, third);
            }
            case 'l' -> {
                Object[] items = stack.popToMark();
                push(new Sequence());
                append(items);
            }
            case 'd' -> {
                Object[] items = stack.popToMark();
                push(new Dict());
                put(items);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void push(Object made) throws RefusedFileException {
        memory.take(OBJECT);
        stack.push(made);
    }

    private void pushTuple(Object... items) throws RefusedFileException {
        memory.take(OBJECT + Arrays.stream(items).mapToLong(PickleMemory::slot).sum());
        stack.push(new Tuple(items));
    }

    private boolean filling(int opcode) throws IOException {
        switch (opcode) {
            case 'a' -> append(stack.pop());
            case 'e' -> append(stack.popToMark());
            case 's' -> {
                Object value = stack.pop();
                put(stack.pop(), value);
            }
            case 'u' -> put(stack.popToMark());
            case '0' -> {
                if (stack.topIsMark()) {
                    stack.popToMark();
                } else {
                    stack.pop();
                }
            }
            case '1' -> stack.popToMark();
            case '2' -> stack.push(stack.peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void append(Object... items) throws RefusedFileException {
        Sequence list = stack.peek(Sequence.class, "a list");
        for (Object item : items) {
            list.add(item, memory);
        }
    }

    private void put(Object... keysAndValues) throws RefusedFileException {
        Dict dict = stack.peek(Dict.class, "a dict");
        if (keysAndValues.length % 2 != 0) {
            throw new RefusedFileException("a key without a value: it is damaged");
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(keysAndValues[i], keysAndValues[i + 1], memory);
        }
    }

    private boolean remembering(int opcode) throws IOException {
        switch (opcode) {
            case 'p' -> memo.put(PickleInput.decimal(in.word()), stack.peek());
            case 'q' -> memo.put(in.u1(), stack.peek());
            case 'r' -> memo.put(in.u4(), stack.peek());
            case 0x94 -> memo.put(memo.size(), stack.peek());
            case 'g' -> stack.push(memo.get(PickleInput.decimal(in.word())));
            case 'h' -> stack.push(memo.get(in.u1()));
            case 'j' -> stack.push(memo.get(in.u4()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean building(int opcode) throws IOException {
        switch (opcode) {
            case PROTOCOL -> in.protocol();
            case 0x95 -> in.frame();
            case 'c' -> {
                String module = in.word();
                stack.push(PickleGlobal.of(module, in.word()));
            }
            case 0x93 -> {
                String name = stack.peek(String.class, "a name");
                stack.pop();
                String module = stack.peek(String.class, "a name");
                stack.pop();
                stack.push(PickleGlobal.of(module, name));
            }
            case 'R' -> {
                Object[] arguments = PickleGlobal.arguments(stack.pop());
                PickleGlobal global = stack.peek(PickleGlobal.class, "a function");
                stack.pop();
                Object made = global.call(arguments, memory);
                memory.takeMade(made);
                stack.push(made);
            }
            case 'b' -> {
                Object state = stack.pop();
                if (stack.peek() instanceof PickleDtype dtype) {
                    dtype.build(state);
                } else {
                    stack.peek(PickleArray.class, "a numpy array").build(state);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
