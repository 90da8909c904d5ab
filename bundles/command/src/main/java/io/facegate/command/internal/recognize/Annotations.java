// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.recognize;

import io.facegate.api.recognition.FrameResult;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps pictures with what was recognised in them. */
interface Annotations {
    /** Keeps nothing. */
    Annotations NONE = (picture, name, only, result) -> {};

    /**
     * A picture was recognised.
     *
     * @param picture the file it came from
     * @param name its path below the folder asked for, or its file name
     * @param only whether it is the only picture asked for
     */
    void keep(Path picture, Path name, boolean only, FrameResult result) throws IOException;
}
