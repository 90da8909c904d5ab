// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.display;

/** What came of waiting for the user of a window. */
public enum WindowAnswer {
    /** Nothing until the time was over. */
    NONE,
    /** The next picture is asked for: a key or a click. */
    NEXT,
    /** The window is closed. */
    CLOSED
}
