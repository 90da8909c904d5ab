// SPDX-License-Identifier: Apache-2.0
package io.facegate.start.control;

import java.nio.charset.StandardCharsets;

/** One frame as it was received. */
public final class Frame {
    /** Longest content of a frame of data, in bytes. */
    public static final int CHUNK = 1 << 16;

    private final FrameType type;
    private final byte[] content;

    Frame(FrameType type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    public FrameType type() {
        return type;
    }

    /** The content itself, not a copy. */
    public byte[] content() {
        return content;
    }

    /** The content as UTF-8. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }
}
