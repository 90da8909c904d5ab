// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facegate.api.camera.CameraState;
import io.facegate.api.frame.Box;
import io.facegate.api.frame.Frame;
import io.facegate.api.recognition.RecognitionEvent;
import io.facegate.api.recognition.RecognitionListener;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page in a real browser, at desktop and phone width; screenshots go to {@code target}. */
class BrowserIT {
    @TempDir static Path folder;
    static Browser browser;
    static Thread camera;
    static volatile boolean filming = true;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Files.isExecutable(Browser.program()),
                "no browser: install Debian's package chromium");
        ConsoleIT.launch(folder);
        ConsoleIT.felix
                .context()
                .registerService(
                        io.facegate.api.camera.Camera.class,
                        Fakes.camera(
                                "yard",
                                CameraState.OFFLINE,
                                "cannot open /dev/video9: plug the camera in"),
                        null);
        RecognitionListener listener = ConsoleIT.listeners().get(0);
        camera = new Thread(() -> film(listener));
        camera.start();
        listener.onEvent(Fakes.event(RecognitionEvent.Type.NEW, 1, Fakes.match("Alice", 0.41)));
        listener.onEvent(
                Fakes.event(RecognitionEvent.Type.NEW, 2, Fakes.match(ConsoleIT.NASTY, 0.5)));
        listener.onEvent(Fakes.event(RecognitionEvent.Type.END, 3, Fakes.stranger(0.71)));
        browser = new Browser(Files.createDirectory(folder.resolve("profile")));
    }

    private static void film(RecognitionListener listener) {
        for (long i = 0; filming; i++) {
            Frame frame = Fakes.frame("front", i, 640, 480);
            listener.onResult(
                    Fakes.result(
                            frame,
                            Fakes.face(new Box(100, 150, 240, 290), Fakes.match("Alice", 0.41)),
                            Fakes.face(new Box(380, 160, 500, 280), Fakes.stranger(0.71))));
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        filming = false;
        if (browser != null) {
            browser.close();
            camera.join();
            ConsoleIT.stop();
        }
    }

    @Test
    void showsEverythingAtDesktopWidth() throws Exception {
        show(1280, 1500, false, "console-desktop.png");
        assertThat(text("#fg-about")).contains("test-0001");
        assertThat(text("#fg-events")).contains("Alice").contains(ConsoleIT.NASTY);
        assertThat(text("#fg-people")).contains(ConsoleIT.NASTY);
        assertThat(text("#fg-conditions")).contains("broker").contains("on 127.0.0.1:1883");
        assertThat(text("#fg-cameras")).contains("plug the camera in");
        assertThat(text("#fg-models")).contains("SHA-256 differs");
        assertThat(text("#fg-pipelines")).contains("front · 9.7 frames/s");
        assertThat(text("#fg-process")).contains("memory").contains("threads");
        assertThat(browser.evaluate("String(document.querySelectorAll('#fg script').length)"))
                .isEqualTo("0");
    }

    @Test
    void aModelThatStandsByIsNothingToWorryAbout() throws Exception {
        show(1280, 1500, false, "console-models.png");
        assertThat(
                        browser.evaluate(
                                "[...document.querySelectorAll('#fg-models tbody tr')].map(row =>"
                                        + " getComputedStyle(row.querySelector('.fg-dot')).backgroundColor"
                                        + " + ' ' + row.cells[3].textContent.split(/[,:]/)[0]).join('; ')"))
                .isEqualTo(
                        "rgb(46, 158, 91) accepted; rgb(154, 167, 180) checked;"
                                + " rgb(204, 47, 47) refused");
    }

    @Test
    void showsWhatEachStageTakesAndWhatDoesIt() throws Exception {
        show(1280, 1500, false, "console-speed.png");
        assertThat(stage("detect")).containsExactly("detect", "hog", "55.1", "61.7", "");
        assertThat(stage("encode"))
                .containsExactly("encode", "onnx dlib-resnet-v1 1.0.0", "9.9", "30.1", "");
        assertThat(stage("total")).containsExactly("total", "", "70.0", "110.3", "");
        assertThat(text("#fg-pipelines")).contains("35.0 % superseded");
    }

    @Test
    void figuresMoveByThemselves() throws Exception {
        show(1280, 1500, false, "console-moves.png");
        browser.awaitTrue(has("1234 frames offered"));
        browser.evaluate("window.untouched = true; 1");
        Fakes.offered.addAndGet(100);
        try {
            browser.awaitTrue(has("1334 frames offered") + " && window.untouched");
        } finally {
            Fakes.offered.addAndGet(-100);
        }
    }

    private static String has(String text) {
        return "document.querySelector('#fg-pipelines').textContent.includes('" + text + "')";
    }

    /** The cells of a stage's row. */
    private static List<String> stage(String name) throws Exception {
        String cells =
                browser.evaluate(
                        "[...[...document.querySelectorAll('#fg-pipelines tr')].find(r =>"
                                + " r.cells[0].textContent === '"
                                + name
                                + "').cells].map(c => c.textContent).join('|')");
        return List.of(cells.split("\\|", -1));
    }

    @Test
    void fitsThePhone() throws Exception {
        show(390, 844, true, "console-phone.png");
        int width =
                Integer.parseInt(browser.evaluate("String(document.documentElement.scrollWidth)"));
        assertThat(width).as("no sideways scrolling").isLessThanOrEqualTo(390);
    }

    @Test
    void picturesMoveOnlyWhileSomebodyWatches() throws Exception {
        show(800, 600, false, "console-live.png");
        String before = picture();
        ConsoleIT.await(() -> !picture().equals(before));
        int start = ConsoleIT.writer.encoded.get();
        Thread.sleep(3000);
        int perSecond = (ConsoleIT.writer.encoded.get() - start) / 3;
        assertThat(perSecond).isBetween(1, 5);
        browser.call("Page.navigate", "{\"url\":\"about:blank\"}");
        Thread.sleep(500);
        int left = ConsoleIT.writer.encoded.get();
        Thread.sleep(1500);
        assertThat(ConsoleIT.writer.encoded.get()).isEqualTo(left);
    }

    @Test
    void renamesAndDeletes() throws Exception {
        ConsoleIT.store.enrol(
                "Carol", Files.write(folder.resolve("c"), new byte[200]), "", null, null);
        show(1280, 1500, false, "console-people.png");
        browser.awaitTrue("document.querySelector('#fg-people').textContent.includes('Carol')");
        browser.evaluate("window.prompt = () => 'Caroline'; window.confirm = () => true; 1");
        browser.evaluate(button("Carol", 0));
        ConsoleIT.await(() -> ConsoleIT.store.names().contains("Caroline"));
        browser.awaitTrue("document.querySelector('#fg-people').textContent.includes('Caroline')");
        assertThat(text("#fg-note")).isEqualTo("Carol is called Caroline now.");
        browser.evaluate(button("Caroline", 1));
        ConsoleIT.await(() -> !ConsoleIT.store.names().contains("Caroline"));
    }

    private static String button(String name, int index) {
        return "[...document.querySelectorAll('#fg-people tr')].find(r =>"
                + " r.cells[0].textContent === '"
                + name
                + "').querySelectorAll('button')["
                + index
                + "].click(); 1";
    }

    private static void show(int width, int height, boolean phone, String file) throws Exception {
        browser.open(ConsoleIT.felix.address(), ConsoleIT.login(), width, height, phone);
        browser.awaitTrue(
                "String(!!document.querySelector('#fg-live img:not([hidden])') &&"
                        + " document.querySelectorAll('#fg-people td').length > 0)");
        browser.screenshot(Path.of(System.getProperty("facegate.bundle")).resolveSibling(file));
    }

    private static String picture() throws Exception {
        return browser.evaluate("String(document.querySelector('#fg-live img').src)");
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "').textContent");
    }
}
