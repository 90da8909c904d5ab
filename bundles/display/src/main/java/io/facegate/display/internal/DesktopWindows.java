// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.display.DisplayException;
import io.facegate.api.display.ResultWindow;
import io.facegate.api.display.ResultWindows;
import io.facegate.api.picture.PictureWriter;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens windows for commands, and closes those still open when the bundle stops. */
@Component(immediate = true)
public final class DesktopWindows implements ResultWindows {
    private final Set<DesktopWindow> open = ConcurrentHashMap.newKeySet();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile PictureWriter writer;

    @Activate
    public DesktopWindows() {}

    @Override
    public ResultWindow open(String title, int width, int height) throws DisplayException {
        try {
            DesktopWindow window =
                    new DesktopWindow(title, width, height, () -> writer, open::remove);
            open.add(window);
            return window;
        } catch (ScreenException e) {
            throw new DisplayException(e.getMessage(), e);
        }
    }

    @Deactivate
    public void close() {
        open.forEach(DesktopWindow::close);
    }
}
