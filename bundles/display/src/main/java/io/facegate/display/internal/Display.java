// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import io.facegate.api.camera.Camera;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.recognition.FrameResult;
import io.facegate.api.recognition.Pipelines;
import io.facegate.api.recognition.RecognitionListener;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

import java.nio.file.Path;
import java.util.List;

/** Shows the live picture with boxes and names on a small screen or in a window. */
@Component(
        immediate = true,
        configurationPid = Display.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Display.Config.class)
public final class Display implements RecognitionListener, ConditionSource {
    static final String PID = "io.facegate.display";

    private static final long RETRY_MILLIS = 5000;

    private final LatestResult latest;
    private final DisplayLoop loop;
    private final Thread thread;
    private final String camera;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PictureWriter writer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Pipelines pipelines;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Camera> cameras = List.of();

    /** What is shown where. */
    @ObjectClassDefinition(
            name = "Facegate display",
            description = "Live picture on a small screen or in a window")
    @interface Config {
        @AttributeDefinition(
                name = "Output",
                description =
                        "A Linux framebuffer, a window (needs a desktop, a Java that is not"
                                + " headless, and -Djava.awt.headless=false), or headless",
                options = {
                    @Option(label = "framebuffer", value = "framebuffer"),
                    @Option(label = "window", value = "window"),
                    @Option(label = "headless", value = "headless")
                })
        String output() default "framebuffer";

        @AttributeDefinition(
                name = "Device",
                description =
                        "Framebuffer device; empty: the smallest screen there is, which of a"
                                + " 3.5-inch screen and a monitor is the former",
                required = false)
        String device() default "";

        @AttributeDefinition(
                name = "Rotation",
                description = "Clockwise turn of the framebuffer's picture: 0, 90, 180 or 270",
                options = {
                    @Option(label = "0", value = "0"),
                    @Option(label = "90", value = "90"),
                    @Option(label = "180", value = "180"),
                    @Option(label = "270", value = "270")
                })
        int rotation() default 0;

        @AttributeDefinition(name = "Camera", description = "Id of the camera shown; empty: any")
        String camera_id() default "";

        @AttributeDefinition(
                name = "Frames per second",
                description = "Most pictures drawn per second, 1 to 60")
        int framesPerSecond() default 10;

        @AttributeDefinition(
                name = "Width",
                description = "Columns of the window at first, or of the file, in pixels, 16..4096")
        int width() default 640;

        @AttributeDefinition(
                name = "Height",
                description = "Rows of the window at first, or of the file, in pixels, 16..4096")
        int height() default 480;

        @AttributeDefinition(
                name = "File",
                description = "PNG file a headless display writes; empty: none")
        String file() default "";

        @AttributeDefinition(
                name = "File interval",
                description = "Time between two files, in milliseconds, 100 and more")
        int fileIntervalMillis() default 2000;

        @AttributeDefinition(
                name = "Kernel's description of framebuffers",
                description = "Folder with the size of each device; differs in tests only")
        String sysfs() default "/sys/class/graphics";
    }

    @Activate
    public Display(Config config) {
        this.camera = config.camera_id().trim();
        this.latest = new LatestResult(camera);
        this.loop =
                new DisplayLoop(
                        () -> open(config),
                        latest,
                        () -> writer,
                        () -> Waiting.lines(camera, cameras, pipelines, writer),
                        between(1, config.framesPerSecond(), 60),
                        RETRY_MILLIS);
        this.thread = new Thread(loop, "facegate-display");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private Screen open(Config config) throws ScreenException {
        int width = between(16, config.width(), 4096);
        int height = between(16, config.height(), 4096);
        switch (config.output()) {
            case "framebuffer":
                Path sysfs = Path.of(config.sysfs());
                Path device =
                        config.device().isBlank()
                                ? FramebufferScreen.smallest(sysfs, Path.of("/dev"))
                                : Path.of(config.device().strip());
                return FramebufferScreen.open(device, sysfs, config.rotation());
            case "window":
                return WindowScreen.open(width, height);
            case "headless":
                if (config.file().isBlank()) {
                    throw ScreenException.idle("headless: nothing is shown");
                }
                return new FileScreen(
                        Path.of(config.file()),
                        width,
                        height,
                        Math.max(100, config.fileIntervalMillis()),
                        () -> writer);
            default:
                throw ScreenException.lasting(
                        "unknown output \""
                                + config.output()
                                + "\": set framebuffer, window or headless in "
                                + PID,
                        null);
        }
    }

    private static int between(int least, int value, int most) {
        return Math.max(least, Math.min(most, value));
    }

    @Override
    public void onResult(FrameResult result) {
        latest.offer(result, System.nanoTime());
    }

    @Override
    public List<Condition> conditions() {
        return List.of(loop.condition());
    }

    /** Ends the thread and closes the screen; may be called again. */
    @Deactivate
    public void close() throws InterruptedException {
        loop.close();
        thread.interrupt();
        thread.join(3000);
    }
}
