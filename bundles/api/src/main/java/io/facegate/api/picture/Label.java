// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.picture;

import io.facegate.api.frame.Box;

import java.util.Objects;

/**
 * A box to draw and the text beside it.
 *
 * @param box where, in pixels of the frame
 * @param text one line, such as a name and a distance; may be empty
 * @param known whether to draw in the colour of known people
 */
public record Label(Box box, String text, boolean known) {
    public Label {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(text, "text");
    }
}
