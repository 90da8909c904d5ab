// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.frame.Box;
import io.facegate.api.picture.Label;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws labels: first all boxes, then all texts, so that no box crosses a name. */
final class LabelPainter {
    private static final Color KNOWN = new Color(46, 204, 64);
    private static final Color UNKNOWN = new Color(255, 133, 27);
    private static final Color STRIP = new Color(0, 0, 0, 200);

    /** The screen on which a name is to be legible. */
    private static final double SHOWN_WIDTH = 480;

    private static final double SHOWN_HEIGHT = 320;
    private static final int LETTER_HEIGHT = 17;

    /** The smallest that can be read there. */
    private static final int SMALLEST_LETTER_HEIGHT = 11;

    /** Of pictures smaller than the screen: letters of 10 pixels and more. */
    private static final double SMALLEST_SCALE = 0.9;

    private static final String ELLIPSIS = "\u2026";

    private final BufferedImage image;
    private final double scale;
    private boolean lettersMissing;

    LabelPainter(BufferedImage image) {
        this.image = image;
        double shown = Math.max(image.getWidth() / SHOWN_WIDTH, image.getHeight() / SHOWN_HEIGHT);
        this.scale = Math.max(SMALLEST_SCALE, shown);
    }

    /** Whether a letter was drawn as a question mark, as no font here has it. */
    boolean lettersMissing() {
        return lettersMissing;
    }

    void boxes(List<Label> labels) {
        Graphics2D g = image.createGraphics();
        try {
            int line = (int) Math.max(2, Math.round(2 * scale));
            g.setStroke(new BasicStroke(line, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER));
            for (Label label : labels) {
                Box b = label.box();
                g.setColor(label.known() ? KNOWN : UNKNOWN);
                g.drawRect(
                        b.left() + line / 2,
                        b.top() + line / 2,
                        Math.max(1, b.width() - line),
                        Math.max(1, b.height() - line));
            }
        } finally {
            g.dispose();
        }
    }

    /**
     * Writes the texts below their boxes, or above where there is no room below.
     *
     * @throws LinkageError and subclasses of it, or a RuntimeException: this Java has no fonts
     */
    void texts(List<Label> labels) {
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (Label label : labels) {
                String line = displayable(label.text().replaceAll("\\p{Cntrl}+", " ").strip());
                if (!line.isEmpty()) {
                    g.setFont(fontFor(g, line, label.box().width()));
                    text(g, label, line);
                }
            }
        } finally {
            g.dispose();
        }
    }

    private String displayable(String line) {
        Font font = font(LETTER_HEIGHT);
        if (font.canDisplayUpTo(line) < 0) {
            return line;
        }
        lettersMissing = true;
        StringBuilder shown = new StringBuilder();
        line.codePoints()
                .forEach(letter -> shown.appendCodePoint(font.canDisplay(letter) ? letter : '?'));
        return shown.toString();
    }

    /** Smaller for a text that is wider than its box, so that neighbours stay apart. */
    private Font fontFor(Graphics2D g, String line, int room) {
        Font font = font(LETTER_HEIGHT);
        double fits = LETTER_HEIGHT * (double) room / g.getFontMetrics(font).stringWidth(line);
        return font(Math.max(SMALLEST_LETTER_HEIGHT, Math.min(LETTER_HEIGHT, fits)));
    }

    private Font font(double height) {
        return new Font(Font.SANS_SERIF, Font.BOLD, (int) Math.round(height * scale));
    }

    private void text(Graphics2D g, Label label, String line) {
        FontMetrics font = g.getFontMetrics();
        int pad = (int) Math.round(3 * scale);
        String shown = shortened(line, font, image.getWidth() - 2 * pad);
        int width = font.stringWidth(shown) + 2 * pad;
        int height = font.getAscent() + font.getDescent() + pad;
        Box b = label.box();
        int left = Math.max(0, Math.min(b.left(), image.getWidth() - width));
        int below = Math.min(b.bottom(), image.getHeight());
        int top = below + height <= image.getHeight() ? below : Math.max(0, b.top() - height);
        g.setColor(STRIP);
        g.fillRect(left, top, width, height);
        g.setColor(label.known() ? KNOWN : UNKNOWN);
        g.drawString(shown, left + pad, top + pad / 2 + font.getAscent());
    }

    private static String shortened(String line, FontMetrics font, int room) {
        if (font.stringWidth(line) <= room) {
            return line;
        }
        int end = line.length();
        while (end > 1 && font.stringWidth(line.substring(0, end) + ELLIPSIS) > room) {
            end = line.offsetByCodePoints(end, -1);
        }
        return line.substring(0, end) + ELLIPSIS;
    }
}
