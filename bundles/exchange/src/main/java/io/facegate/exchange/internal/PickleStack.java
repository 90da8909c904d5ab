// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.util.ArrayList;
import java.util.List;

/** The stack of the pickle machine with its marks. */
final class PickleStack {
    /** A file of encodings has five. */
    private static final int MOST_MARKS = 100;

    private final PickleMemory memory;
    private final List<Object> items = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();

    PickleStack(PickleMemory memory) {
        this.memory = memory;
    }

    void push(Object item) throws RefusedFileException {
        memory.take(PickleMemory.slot(item));
        items.add(item);
    }

    Object pop() throws RefusedFileException {
        Object item = peek();
        items.remove(items.size() - 1);
        memory.give(PickleMemory.slot(item));
        return item;
    }

    Object peek() throws RefusedFileException {
        int bottom = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (items.size() <= bottom) {
            throw new RefusedFileException("an operation without its operands: it is damaged");
        }
        return items.get(items.size() - 1);
    }

    /** The topmost item as what it must be. */
    <T> T peek(Class<T> type, String what) throws RefusedFileException {
        Object item = peek();
        if (!type.isInstance(item)) {
            throw new RefusedFileException(PickleValues.type(item) + " where " + what + " belongs");
        }
        return type.cast(item);
    }

    void mark() throws RefusedFileException {
        if (marks.size() == MOST_MARKS) {
            throw new RefusedFileException("nested deeper than " + MOST_MARKS);
        }
        marks.add(items.size());
    }

    /** Takes off everything above the last mark, and the mark. */
    Object[] popToMark() throws RefusedFileException {
        if (marks.isEmpty()) {
            throw new RefusedFileException("an end without a beginning: it is damaged");
        }
        List<Object> above = items.subList(marks.remove(marks.size() - 1), items.size());
        Object[] popped = above.toArray();
        above.clear();
        for (Object item : popped) {
            memory.give(PickleMemory.slot(item));
        }
        return popped;
    }

    boolean topIsMark() {
        return !marks.isEmpty() && marks.get(marks.size() - 1) == items.size();
    }

    /** Takes off the one thing left at the end. */
    Object result() throws RefusedFileException {
        if (!marks.isEmpty() || items.size() != 1) {
            throw new RefusedFileException(
                    "it ends with " + items.size() + " values instead of one");
        }
        return pop();
    }
}
