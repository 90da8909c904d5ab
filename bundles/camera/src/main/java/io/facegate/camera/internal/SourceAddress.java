// SPDX-License-Identifier: Apache-2.0
package io.facegate.camera.internal;

import io.facegate.api.camera.FrameSourceException;
import io.facegate.api.camera.SecretParameters;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a location means.
 *
 * @param kind which source reads it
 * @param target path, URL or device for that source, or the name of a board camera; a URL may hold
 *     a password
 * @param shown the same for people, without passwords
 */
record SourceAddress(Kind kind, String target, String shown) {
    /** Kinds of sources. */
    enum Kind {
        FILE,
        FOLDER,
        NETWORK,
        V4L2,
        RPICAM
    }

    private static final Set<String> SCHEMES =
            Set.of("http", "https", "rtsp", "rtsps", "rtmp", "tcp", "udp", "srt");
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);

    /** With the number, name or place of the camera on the board. */
    private static final Pattern BOARD =
            Pattern.compile(
                    "(?:rpicam|libcamera)(?::(\\d{1,2}|[A-Za-z/][A-Za-z0-9_.@/-]{2,199}))?");

    private static final Pattern CREDENTIALS = Pattern.compile("^([^/?#]*)@");
    private static final Pattern NO_PORT = Pattern.compile("[^@\\[]*:\\d*[^@\\d].*");
    private static final String ESCAPING =
            " In a password within a URL write %23 for #, %2F for /, %3F for ?, %40 for @ and %25"
                    + " for %, or use the settings user and .password.";
    private static final int TYPE_OF_FILE = 0170000;
    private static final int DEVICE = 0020000;
    private static final String HIDDEN = "***";

    /**
     * Understands a location; looks at the file system only to tell files from folders.
     *
     * @throws FrameSourceException nothing this reads, or nothing there
     */
    static SourceAddress of(String location) throws FrameSourceException {
        String text = location == null ? "" : location.strip();
        if (text.isEmpty()) {
            throw new FrameSourceException(
                    "location is empty: give a video file, a folder of pictures, a URL, /dev/video0"
                            + " or rpicam.");
        }
        var url = URL.matcher(text);
        if (url.matches()) {
            return network(url.group(1).toLowerCase(Locale.ROOT), url.group(2));
        }
        var board = BOARD.matcher(text);
        if (board.matches()) {
            String camera = board.group(1) == null ? "" : board.group(1);
            return new SourceAddress(Kind.RPICAM, camera, shown(text));
        }
        if (text.startsWith("rpicam:") || text.startsWith("libcamera:")) {
            throw new FrameSourceException(
                    shown(text)
                            + " names no board camera: write its number or name, as facegate"
                            + " cameras lists them, such as rpicam:0 or rpicam:imx708.");
        }
        if (text.matches("\\d{1,3}")) {
            return new SourceAddress(Kind.V4L2, "/dev/video" + text, "/dev/video" + text);
        }
        if (text.startsWith("/dev/") && isDevice(text)) {
            return new SourceAddress(Kind.V4L2, text, text);
        }
        return path(text);
    }

    /**
     * Neither a file or folder below /dev/shm nor a pipe such as /dev/stdin; also what is not
     * there.
     */
    private static boolean isDevice(String text) {
        try {
            Path path = Path.of(text);
            if (Files.isRegularFile(path) || Files.isDirectory(path)) {
                return false;
            }
            int type = (Integer) Files.getAttribute(path, "unix:mode") & TYPE_OF_FILE;
            return type == DEVICE;
        } catch (IOException | InvalidPathException e) {
            return true;
        }
    }

    /** A location without passwords, also when nothing here reads it. */
    static String shown(String location) {
        String text = location == null ? "" : location.strip();
        var board = BOARD.matcher(text);
        if (board.matches()) {
            return board.group(1) == null ? "rpicam" : "rpicam:" + board.group(1);
        }
        var url = URL.matcher(text);
        return url.matches() ? url.group(1) + "://" + masked(url.group(2)) : plain(text);
    }

    /** Whether a location is that of a board camera. */
    static boolean isBoard(String location) {
        return location != null && BOARD.matcher(location.strip()).matches();
    }

    private static SourceAddress network(String scheme, String rest) throws FrameSourceException {
        String shown = scheme + "://" + masked(rest);
        if (!SCHEMES.contains(scheme)) {
            throw new FrameSourceException(
                    shown
                            + " cannot be read: URLs of http, https, rtsp, rtsps,"
                            + " rtmp, tcp, udp and srt can.");
        }
        int end = endOfAuthority(rest);
        if (rest.lastIndexOf('@') > end && NO_PORT.matcher(rest.substring(0, end)).matches()) {
            throw new FrameSourceException(shown + " cannot be understood." + ESCAPING);
        }
        return new SourceAddress(Kind.NETWORK, scheme + "://" + rest, shown);
    }

    /**
     * What follows the scheme, without anything that may be part of a password. Where an @ stands
     * behind a / ? or #, nobody can tell a password from a path, and nothing is shown.
     */
    private static String masked(String rest) {
        int end = endOfAuthority(rest);
        int at = rest.lastIndexOf('@');
        if (at < end) {
            return withoutParameters(rest.substring(at + 1));
        }
        String before = rest.substring(0, rest.indexOf('@'));
        int from = Math.min(end, before.length());
        return before.indexOf(':') < 0 && SecretParameters.firstValue(before, from).isPresent()
                ? withoutParameters(rest)
                : HIDDEN;
    }

    /** All from the first secret value on is hidden: what ends a password is not known. */
    private static String withoutParameters(String text) {
        OptionalInt value = SecretParameters.firstValue(text, 0);
        return value.isPresent() ? text.substring(0, value.getAsInt()) + HIDDEN : text;
    }

    /** A path, which may be a URL with a mistake in it. */
    private static String plain(String text) {
        int at = text.lastIndexOf('@');
        boolean login = at >= 0 && text.lastIndexOf(':', at) >= 0;
        return login ? HIDDEN : withoutParameters(text);
    }

    private static int endOfAuthority(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** What to do when an address may hold a password that was not escaped; else empty. */
    String hint() {
        return kind == Kind.NETWORK && shown.endsWith("://" + HIDDEN) ? ESCAPING : "";
    }

    /** For people: without passwords. */
    @Override
    public String toString() {
        return kind + " " + shown;
    }

    private static SourceAddress path(String text) throws FrameSourceException {
        try {
            Path path = Path.of(text);
            if (Files.isDirectory(path)) {
                return new SourceAddress(Kind.FOLDER, text, text);
            }
            if (!Files.exists(path)) {
                throw new FrameSourceException(plain(text) + " is not there: check the path.");
            }
            if (!Files.isReadable(path)) {
                throw new FrameSourceException(
                        text + " may not be read: allow it (chmod +r) or run as its owner.");
            }
            if (Files.isRegularFile(path) && path.toFile().length() == 0) {
                throw new FrameSourceException(text + " is empty (0 bytes): copy it again.");
            }
            return new SourceAddress(Kind.FILE, text, text);
        } catch (InvalidPathException e) {
            throw new FrameSourceException(plain(text) + " is no path: " + e.getReason());
        }
    }

    /** The same address with user and password in it, unless the URL has its own. */
    SourceAddress withCredentials(String user, String password) {
        if (kind != Kind.NETWORK || user.isEmpty()) {
            return this;
        }
        int start = target.indexOf("://") + 3;
        String rest = target.substring(start);
        if (CREDENTIALS.matcher(rest).find()) {
            return this;
        }
        String login = encoded(user) + (password.isEmpty() ? "" : ":" + encoded(password)) + "@";
        return new SourceAddress(kind, target.substring(0, start) + login + rest, shown);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
