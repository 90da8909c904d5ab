// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;

import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * A window on a desktop. Closing it ends the display, never the gateway. Needs a JVM started with
 * {@code -Djava.awt.headless=false} (or without that property, and with DISPLAY), and a Java that
 * is not a headless one.
 */
final class WindowScreen implements Screen {
    private final JFrame window;
    private final Picture picture;
    private final User user;
    private volatile boolean closedByUser;

    /** Whoever sits before the window; called on AWT's thread. */
    interface User {
        /** Nobody who is listened to. */
        User NONE =
                new User() {
                    @Override
                    public void wantsNext() {}

                    @Override
                    public void hasResized() {}

                    @Override
                    public void hasClosed() {}
                };

        /** A key or a click, other than those that close. */
        void wantsNext();

        /** The window has another size. */
        void hasResized();

        /** The window's button, q or Escape. */
        void hasClosed();
    }

    private WindowScreen(String title, int width, int height, User user) {
        this.user = user;
        picture = new Picture();
        picture.setPreferredSize(new Dimension(width, height));
        window = new JFrame(title);
        window.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        window.addWindowListener(
                new WindowAdapter() {
                    @Override
                    public void windowClosing(WindowEvent e) {
                        closeByUser();
                    }
                });
        window.setContentPane(picture);
        window.pack();
        fitIntoDesktop(width, height);
        window.setLocationByPlatform(true);
        if (user != User.NONE) {
            listen();
        }
        window.setVisible(true);
    }

    /** Makes the window smaller than asked for where it would not fit, in the same proportions. */
    private void fitIntoDesktop(int width, int height) {
        Rectangle room = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        Insets frame = window.getInsets();
        double columns = room.width - frame.left - frame.right;
        double rows = room.height - frame.top - frame.bottom;
        double scale = Math.min(columns / width, rows / height);
        if (scale < 1 && scale > 0) {
            picture.setPreferredSize(
                    new Dimension(
                            Math.max(1, (int) (width * scale)),
                            Math.max(1, (int) (height * scale))));
            window.pack();
        }
    }

    private void closeByUser() {
        closedByUser = true;
        window.dispose();
        user.hasClosed();
    }

    private void listen() {
        picture.addComponentListener(
                new ComponentAdapter() {
                    @Override
                    public void componentResized(ComponentEvent e) {
                        user.hasResized();
                    }
                });
        picture.addMouseListener(
                new MouseAdapter() {
                    @Override
                    public void mousePressed(MouseEvent e) {
                        user.wantsNext();
                    }
                });
        window.addKeyListener(
                new KeyAdapter() {
                    @Override
                    public void keyPressed(KeyEvent e) {
                        switch (e.getKeyCode()) {
                            case KeyEvent.VK_ESCAPE, KeyEvent.VK_Q -> closeByUser();
                            case KeyEvent.VK_SHIFT,
                                    KeyEvent.VK_CONTROL,
                                    KeyEvent.VK_ALT,
                                    KeyEvent.VK_ALT_GRAPH,
                                    KeyEvent.VK_META -> {}
                            default -> user.wantsNext();
                        }
                    }
                });
    }

    /** Opens a window for the gateway, whose content has this size at first. */
    static WindowScreen open(int width, int height) throws ScreenException {
        return open(
                "Facegate",
                width,
                height,
                "start the gateway in a desktop session, or set output=framebuffer",
                User.NONE);
    }

    /**
     * Opens a window whose content has this size at first.
     *
     * @param instead what to do where there is no desktop
     */
    static WindowScreen open(String title, int width, int height, String instead, User user)
            throws ScreenException {
        String display = System.getenv("DISPLAY");
        if (display == null || display.isBlank()) {
            throw ScreenException.lasting(
                    "no window without a desktop (DISPLAY is not set): " + instead, null);
        }
        WindowScreen[] made = new WindowScreen[1];
        try {
            if (GraphicsEnvironment.isHeadless()) {
                throw ScreenException.lasting(headless(), null);
            }
            SwingUtilities.invokeAndWait(
                    () -> made[0] = new WindowScreen(title, width, height, user));
            return made[0];
        } catch (InterruptedException e) {
            // It may still be opened; AWT's thread closes it right after.
            SwingUtilities.invokeLater(
                    () -> {
                        if (made[0] != null) {
                            made[0].window.dispose();
                        }
                    });
            Thread.currentThread().interrupt();
            throw ScreenException.passing("interrupted while the window was opened", e);
        } catch (InvocationTargetException | AWTError | LinkageError | HeadlessException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw ScreenException.lasting(reason(cause, display, instead), cause);
        }
    }

    /** Without the property Java itself finds out whether it has the libraries. */
    private static String headless() {
        return System.getProperty("java.awt.headless") == null
                ? "this Java cannot open windows: install default-jre (not -headless)"
                : "no window in this JVM: start it with -Djava.awt.headless=false";
    }

    private static String reason(Throwable cause, String display, String instead) {
        if (cause instanceof LinkageError || cause instanceof HeadlessException) {
            return "this Java cannot open windows ("
                    + cause.getMessage()
                    + "): install default-jre (not -headless)";
        }
        return "no window on display " + display + " (" + cause.getMessage() + "): " + instead;
    }

    @Override
    public int width() {
        return Math.max(1, picture.getWidth());
    }

    @Override
    public int height() {
        return Math.max(1, picture.getHeight());
    }

    @Override
    public String description() {
        return "window";
    }

    @Override
    public void show(Canvas canvas) throws ScreenException {
        if (closedByUser) {
            throw ScreenException.lasting(
                    "the window was closed: restart the bundle io.facegate.display to see it again",
                    null);
        }
        BufferedImage image =
                new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, canvas.width(), canvas.height(), canvas.pixels(), 0, canvas.width());
        picture.image = image;
        picture.repaint();
    }

    @Override
    public void close() {
        // Not waited for: AWT's thread may be the one that stops the gateway.
        SwingUtilities.invokeLater(window::dispose);
    }

    private static final class Picture extends JComponent {
        private transient volatile BufferedImage image;

        @Override
        protected void paintComponent(Graphics graphics) {
            graphics.setColor(Color.BLACK);
            graphics.fillRect(0, 0, getWidth(), getHeight());
            BufferedImage current = image;
            if (current != null) {
                double scale =
                        Math.min(
                                getWidth() / (double) current.getWidth(),
                                getHeight() / (double) current.getHeight());
                int width = (int) Math.round(current.getWidth() * scale);
                int height = (int) Math.round(current.getHeight() * scale);
                graphics.drawImage(
                        current,
                        (getWidth() - width) / 2,
                        (getHeight() - height) / 2,
                        width,
                        height,
                        null);
            }
        }
    }
}
