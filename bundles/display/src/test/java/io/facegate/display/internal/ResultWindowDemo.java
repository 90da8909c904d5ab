// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.display.DisplayException;
import io.facegate.api.display.ResultWindow;
import io.facegate.api.display.WindowAnswer;
import io.facegate.api.frame.Box;

import java.awt.Component;
import java.awt.Frame;
import java.awt.event.KeyEvent;
import java.awt.event.WindowEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A command's window in a JVM of its own, told by lines what to do. */
final class ResultWindowDemo {
    private final DesktopWindows windows = new DesktopWindows();
    private final ExecutorService waiting = Executors.newSingleThreadExecutor();
    private ResultWindow window;
    private Future<WindowAnswer> answer;

    public static void main(String[] args) throws Exception {
        ResultWindowDemo demo = new ResultWindowDemo();
        demo.windows.writer = new Fakes.Writer();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(demo.does(line));
        }
    }

    private String does(String line) throws Exception {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "open":
                try {
                    int width = Integer.parseInt(words[1]);
                    window = windows.open("Test", width, Integer.parseInt(words[2]));
                } catch (DisplayException e) {
                    return e.getMessage();
                }
                break;
            case "show":
                window.show(
                        Fakes.result(
                                Fakes.frame("f", 960, 640, Integer.decode(words[1])),
                                Fakes.alice(new Box(300, 200, 600, 500))));
                break;
            case "await":
                Callable<WindowAnswer> wait = () -> window.await(Duration.parse(words[1]));
                answer = waiting.submit(wait);
                break;
            case "awaited":
                return answer.isDone() ? answer.get().name() : "waiting";
            case "key":
                Component target = frame();
                int code = KeyEvent.class.getField("VK_" + words[1]).getInt(null);
                target.dispatchEvent(
                        new KeyEvent(target, KeyEvent.KEY_PRESSED, 0, 0, code, (char) code));
                break;
            case "button":
                frame().dispatchEvent(new WindowEvent(frame(), WindowEvent.WINDOW_CLOSING));
                break;
            case "resize":
                frame().setSize(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                break;
            case "close":
                if (window == null) {
                    return "none";
                }
                window.close();
                break;
            default:
        }
        return "closed=" + window.closed() + " window=" + frame().isDisplayable();
    }

    private static Frame frame() {
        Frame[] frames = Frame.getFrames();
        return frames[frames.length - 1];
    }
}
