// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.display;

import org.osgi.annotation.versioning.ProviderType;

/** Opens windows on the desktop. Thread-safe. */
@ProviderType
public interface ResultWindows {
    /**
     * Opens a window; blocks until it is there.
     *
     * @param title of the window
     * @param width columns of the first picture; a window larger than the desktop is made smaller
     * @param height rows of the first picture
     * @throws DisplayException there is no desktop, or this Java cannot open windows
     */
    ResultWindow open(String title, int width, int height) throws DisplayException;
}
