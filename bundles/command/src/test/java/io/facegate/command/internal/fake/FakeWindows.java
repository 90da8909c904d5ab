// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.display.DisplayException;
import io.facegate.api.display.ResultWindow;
import io.facegate.api.display.ResultWindows;
import io.facegate.api.display.WindowAnswer;
import io.facegate.api.recognition.FrameResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A window whose user answers as the test wants. */
public final class FakeWindows implements ResultWindows, ResultWindow {
    /** What was shown: source and number of each frame. */
    public final List<String> shown = new ArrayList<>();

    /** Asked at each wait. */
    public Supplier<WindowAnswer> user = () -> WindowAnswer.NONE;

    /** Why there is no window; empty: there is one. */
    public String trouble = "";

    public boolean closed;
    public boolean closedByCommand;

    @Override
    public ResultWindow open(String title, int width, int height) throws DisplayException {
        if (!trouble.isEmpty()) {
            throw new DisplayException(trouble);
        }
        return this;
    }

    @Override
    public void show(FrameResult result) {
        shown.add(result.frame().sourceId() + "#" + result.frame().sequence());
    }

    @Override
    public WindowAnswer await(Duration longest) throws InterruptedException {
        WindowAnswer answer = user.get();
        if (answer == WindowAnswer.NONE) {
            Thread.sleep(longest.toMillis());
        }
        closed |= answer == WindowAnswer.CLOSED;
        return answer;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closedByCommand = true;
    }
}
