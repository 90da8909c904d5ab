// SPDX-License-Identifier: Apache-2.0
package io.facegate.display.internal;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
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
    private volatile boolean closedByUser;

    private WindowScreen(int width, int height) {
        picture = new Picture();
        picture.setPreferredSize(new Dimension(width, height));
        window = new JFrame("Facegate");
        window.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        window.addWindowListener(
                new WindowAdapter() {
                    @Override
                    public void windowClosing(WindowEvent e) {
                        closedByUser = true;
                        window.dispose();
                    }
                });
        window.setContentPane(picture);
        window.pack();
        window.setLocationByPlatform(true);
        window.setVisible(true);
    }

    /** Opens a window whose content has this size at first. */
    static WindowScreen open(int width, int height) throws ScreenException {
        String display = System.getenv("DISPLAY");
        if (display == null || display.isBlank()) {
            throw ScreenException.lasting(
                    "no window without a desktop (DISPLAY is not set): start the gateway in a"
                            + " desktop session, or set output=framebuffer",
                    null);
        }
        WindowScreen[] made = new WindowScreen[1];
        try {
            if (GraphicsEnvironment.isHeadless()) {
                throw ScreenException.lasting(
                        "no window in this JVM: start it with -Djava.awt.headless=false", null);
            }
            SwingUtilities.invokeAndWait(() -> made[0] = new WindowScreen(width, height));
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
            throw ScreenException.lasting(reason(cause, display), cause);
        }
    }

    private static String reason(Throwable cause, String display) {
        if (cause instanceof LinkageError || cause instanceof HeadlessException) {
            return "this Java cannot open windows ("
                    + cause.getMessage()
                    + "): install openjdk-17-jre (not -headless)";
        }
        return "no window on display "
                + display
                + " ("
                + cause.getMessage()
                + "): start the gateway in a desktop session";
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
                graphics.drawImage(current, 0, 0, getWidth(), getHeight(), null);
            }
        }
    }
}
