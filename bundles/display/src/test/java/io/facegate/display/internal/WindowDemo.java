// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.frame.Box;

import java.awt.Frame;
import java.awt.event.WindowEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;

/** A display with a window in a JVM of its own, told by lines what to do. */
final class WindowDemo {
    private WindowDemo() {}

    public static void main(String[] args) throws Exception {
        Fakes.Writer writer = new Fakes.Writer();
        LatestResult latest = new LatestResult("");
        DisplayLoop loop =
                new DisplayLoop(
                        () -> WindowScreen.open(480, 320),
                        latest,
                        () -> writer,
                        () -> List.of("waiting for camera"),
                        20,
                        1000);
        Thread thread = new Thread(loop, "facegate-display");
        thread.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "offer":
                    latest.offer(
                            Fakes.result(
                                    Fakes.frame("front", 960, 640, 0x336699),
                                    Fakes.alice(new Box(300, 200, 600, 500))),
                            System.nanoTime());
                    break;
                case "close":
                    Frame window = Frame.getFrames()[0];
                    window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING));
                    break;
                case "stop":
                    loop.close();
                    thread.interrupt();
                    thread.join(3000);
                    break;
                default:
            }
            boolean shown = false;
            for (Frame window : Frame.getFrames()) {
                shown |= window.isDisplayable();
            }
            System.out.println(
                    loop.condition().level()
                            + " "
                            + loop.condition().message()
                            + " window="
                            + shown
                            + " thread="
                            + thread.isAlive());
        }
    }
}
