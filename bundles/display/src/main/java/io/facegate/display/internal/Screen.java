// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

/**
 * Where pictures are shown. For the display's own thread only; {@link #close()} may be called
 * again.
 */
interface Screen extends AutoCloseable {
    /** Columns to be drawn, at least 1; may change between pictures. */
    int width();

    /** Rows to be drawn, at least 1; may change between pictures. */
    int height();

    /**
     * Shows a picture of this screen's size.
     *
     * @throws ScreenException it cannot be shown any more; the screen is to be opened anew
     */
    void show(Canvas canvas) throws ScreenException;

    /** What it is, in a few words. */
    String description();

    @Override
    void close();
}
