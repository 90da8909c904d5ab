// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a board camera is set: what of rpicam-vid's options a user may choose. Each is checked before
 * it is passed on, since that program tells of a mistake only when it ends.
 *
 * @param autofocusMode manual, auto or continuous; empty: the program's choice
 * @param lensPosition dioptres, or {@code default}; empty: not set
 * @param horizontalFlip whether left and right change places
 * @param verticalFlip whether top and bottom do
 * @param tuningFile libcamera's; empty: the sensor's own
 * @param sensorMode width:height:bits:packing, of which the last two may be missing; empty: the
 *     program's choice
 */
record BoardSettings(
        String autofocusMode,
        String lensPosition,
        boolean horizontalFlip,
        boolean verticalFlip,
        String tuningFile,
        String sensorMode) {
    /** As the program chooses. */
    static final BoardSettings DEFAULT = new BoardSettings("", "", false, false, "", "");

    private static final Set<String> AUTOFOCUS = Set.of("", "manual", "auto", "continuous");
    private static final Pattern LENS = Pattern.compile("default|\\d{1,2}(\\.\\d{1,4})?|");
    private static final double NEAREST = 32;
    private static final Pattern MODE =
            Pattern.compile("\\d{2,5}:\\d{2,5}(:(8|10|12|14|16)(:[PU])?)?|");

    static BoardSettings of(CameraConfig c) {
        return new BoardSettings(
                c.autofocusMode().strip(),
                c.lensPosition().strip(),
                c.horizontalFlip(),
                c.verticalFlip(),
                c.tuningFile().strip(),
                c.sensorMode().strip());
    }

    /** What is wrong, and what may be; empty when all is right. */
    String objection() {
        if (!AUTOFOCUS.contains(autofocusMode)) {
            return "autofocusMode is manual, auto, continuous or empty, not \""
                    + autofocusMode
                    + "\".";
        }
        boolean isNumber = !lensPosition.isEmpty() && !lensPosition.equals("default");
        if (!LENS.matcher(lensPosition).matches()
                || isNumber && Double.parseDouble(lensPosition) > NEAREST) {
            return "lensPosition is 1 / distance in metres, 0 (far away) to 32, or default, or"
                    + " empty, not \""
                    + lensPosition
                    + "\".";
        }
        if (isNumber && Set.of("auto", "continuous").contains(autofocusMode)) {
            return "lensPosition "
                    + lensPosition
                    + " and autofocusMode "
                    + autofocusMode
                    + " are against each other: set one of them.";
        }
        if (!MODE.matcher(sensorMode).matches()) {
            return "sensorMode is width:height, width:height:bits or width:height:bits:P (or U),"
                    + " such as 2304:1296:10:P, or empty, not \""
                    + sensorMode
                    + "\".";
        }
        return tuningFile.isEmpty() || tuningFile.startsWith("/") && tuningFile.endsWith(".json")
                ? ""
                : "tuningFile is the whole path of a .json file, such as"
                        + " /usr/share/libcamera/ipa/rpi/pisp/imx219_noir.json, or empty, not \""
                        + tuningFile
                        + "\".";
    }

    /**
     * The options for rpicam-vid.
     *
     * @throws FrameSourceException the tuning file is not there
     */
    List<String> arguments() throws FrameSourceException {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--autofocus-mode", autofocusMode);
        add(arguments, "--lens-position", lensPosition);
        if (horizontalFlip) {
            arguments.add("--hflip");
        }
        if (verticalFlip) {
            arguments.add("--vflip");
        }
        if (!tuningFile.isEmpty() && !isReadable(tuningFile)) {
            throw new FrameSourceException(
                    "The tuning file "
                            + tuningFile
                            + " is not there or cannot be read: libcamera's own are in"
                            + " /usr/share/libcamera/ipa/rpi (vc4, for the Pi 5 pisp).");
        }
        add(arguments, "--tuning-file", tuningFile);
        add(arguments, "--mode", sensorMode);
        return arguments;
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file)) && Files.isRegularFile(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void add(List<String> arguments, String option, String value) {
        if (!value.isEmpty()) {
            arguments.add(option);
            arguments.add(value);
        }
    }
}
