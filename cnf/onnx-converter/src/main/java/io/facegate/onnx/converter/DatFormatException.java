// SPDX-License-Identifier: Apache-2.0
package io.facegate.onnx.converter;

import java.io.IOException;

/** The file is damaged, or not the network it should be; the message says where and what. */
public final class DatFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    DatFormatException(int position, String problem) {
        super("at byte " + position + ": " + problem);
    }
}
