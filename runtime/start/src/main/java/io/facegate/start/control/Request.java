// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A command as it was typed.
 *
 * @param folder absolute path of the folder it was called in
 * @param terminal whether its messages go to a terminal
 * @param words the command and its options
 */
public record Request(String folder, boolean terminal, List<String> words) {
    public Request {
        words = List.copyOf(words);
    }

    /** Every part ended by a zero, which no part can contain. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder();
        text.append(folder).append('\0').append(terminal ? 't' : 'f').append('\0');
        for (String word : words) {
            text.append(word).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws ProtocolException it did not
     */
    public static Request decode(byte[] content) throws ProtocolException {
        String text = new String(content, StandardCharsets.UTF_8);
        List<String> parts = new ArrayList<>();
        int begin = 0;
        for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', begin)) {
            parts.add(text.substring(begin, end));
            begin = end + 1;
        }
        if (parts.size() < 2 || begin != text.length() || parts.get(1).length() != 1) {
            throw new ProtocolException("what came is no command");
        }
        return new Request(parts.get(0), parts.get(1).equals("t"), parts.subList(2, parts.size()));
    }
}
