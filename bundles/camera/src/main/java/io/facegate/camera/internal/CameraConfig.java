// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of one camera. */
@ObjectClassDefinition(
        name = "Facegate camera",
        description = "A camera, stream, video file or folder of pictures")
public @interface CameraConfig {
    @AttributeDefinition(
            name = "Camera id",
            description =
                    "Name of the camera in topics and events: lower-case letters, digits, _"
                            + " and -")
    String camera_id() default "camera";

    @AttributeDefinition(
            name = "Location",
            description =
                    "Video file, folder of pictures, http(s), rtsp(s) or rtmp URL, V4L2 device"
                            + " (/dev/video0 or a number), or rpicam for the Raspberry Pi's"
                            + " camera (rpicam:1 for the second). facegate cameras finds them")
    String location() default "/dev/video0";

    @AttributeDefinition(
            name = "User",
            description = "Login of a URL; empty: none. Not needed when the URL holds it")
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            description = "Password of that login",
            type = AttributeType.PASSWORD)
    String _password() default "";

    @AttributeDefinition(
            name = "Width",
            description =
                    "Columns, 0 to 7680: asked of a device (0: 640); video and streams are"
                            + " scaled down to it (0: as they are)")
    int width() default 0;

    @AttributeDefinition(
            name = "Height",
            description =
                    "Rows, 0 to 4320: asked of a device (0: 480); video and streams are scaled"
                            + " down to it (0: as they are)")
    int height() default 0;

    @AttributeDefinition(
            name = "Frames per second",
            description =
                    "0 to 120: asked of a device, of a folder's pictures while they are"
                            + " shown, and how often a single picture is fetched (0: as the"
                            + " source has it; rpicam 15, folder 5, picture 1)")
    double framesPerSecond() default 0;

    @AttributeDefinition(
            name = "Rotate",
            description = "Degrees clockwise",
            options = {
                @Option(label = "0", value = "0"),
                @Option(label = "90", value = "90"),
                @Option(label = "180", value = "180"),
                @Option(label = "270", value = "270")
            })
    int rotate() default 0;

    @AttributeDefinition(
            name = "Pixel aspect ratio",
            description =
                    "How wide a pixel of the video is, for its height, when it is not square:"
                            + " auto, as the video says, or width:height like 2:1, for recorders"
                            + " that say nothing or something wrong")
    String pixelAspectRatio() default "auto";

    @AttributeDefinition(
            name = "Loop",
            description = "Whether a file or folder starts over at its end")
    boolean loop() default false;

    @AttributeDefinition(
            name = "Real time",
            description = "Whether a file plays at its own rate; if not, as fast as it decodes")
    boolean realTime() default true;

    @AttributeDefinition(
            name = "Picture time",
            description = "Milliseconds each picture of a folder is shown, 40 to 3600000")
    int pictureMillis() default 2000;

    @AttributeDefinition(
            name = "Reconnect delay",
            description =
                    "Milliseconds before a lost camera is tried again, 100 to 30000; doubled"
                            + " at each failure up to 30 s")
    int reconnectDelayMillis() default 1000;

    @AttributeDefinition(
            name = "Silence",
            description =
                    "Milliseconds without data before a camera counts as lost, 1000 to 600000;"
                            + " more than the time between two frames")
    int silenceMillis() default 8000;

    @AttributeDefinition(
            name = "RTSP transport",
            description = "auto: TCP, then UDP, then multicast, as the camera allows",
            options = {
                @Option(label = "auto", value = "auto"),
                @Option(label = "TCP", value = "tcp"),
                @Option(label = "UDP", value = "udp"),
                @Option(label = "multicast", value = "udp_multicast"),
                @Option(label = "HTTP tunnel", value = "http")
            })
    String rtspTransport() default "auto";

    @AttributeDefinition(
            name = "Verify certificate",
            description =
                    "Whether an https server of pictures must prove its name; not one with a"
                            + " certificate of its own")
    boolean verifyCertificate() default true;

    @AttributeDefinition(
            name = "FFmpeg options",
            description = "For streams and devices, each as name=value: see the README")
    String[] ffmpegOptions() default {};

    @AttributeDefinition(
            name = "Autofocus",
            description = "Of a board camera (rpicam): when it focuses",
            options = {
                @Option(label = "as rpicam chooses", value = ""),
                @Option(label = "continuously", value = "continuous"),
                @Option(label = "once at the start", value = "auto"),
                @Option(label = "never", value = "manual")
            })
    String autofocusMode() default "";

    @AttributeDefinition(
            name = "Lens position",
            description =
                    "Of a board camera: 1 / distance in metres, 0 (far away) to 32, which focuses"
                            + " there for good; default: where most is sharp; empty: none")
    String lensPosition() default "";

    @AttributeDefinition(
            name = "Horizontal flip",
            description = "Of a board camera: left and right change places")
    boolean horizontalFlip() default false;

    @AttributeDefinition(
            name = "Vertical flip",
            description = "Of a board camera: top and bottom change places")
    boolean verticalFlip() default false;

    @AttributeDefinition(
            name = "Tuning file",
            description =
                    "Of a board camera: path of libcamera's tuning file (.json), as for lenses"
                            + " without infrared filter; empty: the sensor's own")
    String tuningFile() default "";

    @AttributeDefinition(
            name = "Sensor mode",
            description =
                    "Of a board camera: width:height, width:height:bits or width:height:bits:P (U:"
                            + " unpacked) of a mode that facegate cameras lists; empty: as rpicam"
                            + " chooses")
    String sensorMode() default "";

    @AttributeDefinition(
            name = "Zones",
            description =
                    "Where faces are looked for, each a name, a colon and the corners of a"
                            + " polygon as x,y from 0 (left, top) to 1 (right, bottom):"
                            + " door: 0.1,0.2 0.5,0.2 0.5,0.9; none: everywhere")
    String[] zones() default {};

    @AttributeDefinition(
            name = "Masks",
            description = "Where faces are not looked for, written like zones; no name needed")
    String[] masks() default {};

    @AttributeDefinition(
            name = "Enabled",
            description = "Whether it captures; if not, the device is free for others")
    boolean enabled() default true;
}
