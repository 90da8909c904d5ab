// SPDX-License-Identifier: Apache-2.0
package io.facegate.exchange.internal;

import java.io.IOException;

/** What to say about the opcodes that no file of encodings has. */
final class PickleRefusals {
    private PickleRefusals() {}

    static String of(int opcode, PickleInput in) throws IOException {
        return switch (opcode) {
            // the class is named in the stream, so it can be named here
            case 'i' ->
                    "it makes an object of '"
                            + RefusedFileException.shown(in.word() + "." + in.word())
                            + "': nothing of it was executed";
            case 'o', 0x81, 0x92 -> "it makes an object of a class: nothing of it was executed";
            case 'P', 'Q' -> "it refers to an object outside of the file";
            case 0x82, 0x83, 0x84 -> "it refers to a registered extension";
            case 0x8f, 0x90, 0x91 -> "it holds a set, where a file of encodings has lists";
            case 0x97, 0x98 -> "its arrays are kept outside of the file (out-of-band buffers)";
            default -> String.format("0x%02x is no operation of a pickle", opcode);
        };
    }
}
