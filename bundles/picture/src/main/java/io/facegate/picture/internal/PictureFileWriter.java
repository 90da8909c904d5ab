// SPDX-License-Identifier: Apache-2.0
package io.facegate.picture.internal;

import io.facegate.api.frame.Frame;
import io.facegate.api.frame.PixelFormat;
import io.facegate.api.picture.Label;
import io.facegate.api.picture.PictureFormat;
import io.facegate.api.picture.PictureWriter;
import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws with Java2D and encodes with ImageIO. */
@Component(service = {PictureWriter.class, ConditionSource.class})
public final class PictureFileWriter implements PictureWriter, ConditionSource {
    private static final Logger LOG = LoggerFactory.getLogger(PictureFileWriter.class);
    private static final String NO_FONTS =
            "Boxes are drawn without names, because Java finds no fonts: install the packages"
                    + " fontconfig and fonts-dejavu-core";

    private static final String NO_LETTERS =
            "Some letters are drawn as question marks, because no font here has them: install"
                    + " fonts-noto-core, or fonts-noto-cjk for Chinese, Japanese and Korean";

    private final AtomicBoolean fontsMissing = new AtomicBoolean();
    private final AtomicBoolean lettersMissing = new AtomicBoolean();

    @Activate
    public PictureFileWriter() {}

    @Override
    public byte[] encode(Frame frame, PictureFormat format, double quality) {
        if (!(quality >= 0 && quality <= 1) && format == PictureFormat.JPEG) {
            throw new IllegalArgumentException("quality is 0..1, not " + quality);
        }
        ImageWriter writer =
                ImageIO.getImageWritersByFormatName(format == PictureFormat.JPEG ? "jpeg" : "png")
                        .next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(frame.width() * frame.height() / 4);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (format == PictureFormat.JPEG) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality((float) quality);
            }
            writer.write(null, new IIOImage(FrameImages.image(frame), null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Override
    public Frame annotate(Frame frame, List<Label> labels) {
        BufferedImage image = FrameImages.colorImage(frame);
        LabelPainter painter = new LabelPainter(image);
        painter.boxes(labels);
        if (!fontsMissing.get()) {
            try {
                painter.texts(labels);
                if (painter.lettersMissing() && lettersMissing.compareAndSet(false, true)) {
                    LOG.warn("{}.", NO_LETTERS);
                }
            } catch (LinkageError | RuntimeException | InternalError e) {
                // Java without fontconfig throws one of these wherever a font is first touched.
                if (fontsMissing.compareAndSet(false, true)) {
                    LOG.warn("{} ({}).", NO_FONTS, e.toString());
                }
            }
        }
        return FrameImages.frame(image, frame);
    }

    @Override
    public Frame fit(Frame frame, int maxWidth, int maxHeight) {
        if (maxWidth < 1 || maxHeight < 1) {
            throw new IllegalArgumentException("no room: " + maxWidth + "x" + maxHeight);
        }
        double scale =
                Math.min(maxWidth / (double) frame.width(), maxHeight / (double) frame.height());
        if (scale >= 1) {
            return frame.format() == PixelFormat.RGB24
                    ? frame
                    : FrameImages.frame(FrameImages.colorImage(frame), frame);
        }
        int width = (int) Math.max(1, Math.floor(frame.width() * scale + 1e-9));
        int height = (int) Math.max(1, Math.floor(frame.height() * scale + 1e-9));
        BufferedImage image = FrameImages.colorImage(frame);
        // Bilinear reads 2x2 pixels, so it is even only down to one half: go there in steps.
        while (image.getWidth() > width || image.getHeight() > height) {
            image =
                    scaled(
                            image,
                            Math.max(width, (image.getWidth() + 1) / 2),
                            Math.max(height, (image.getHeight() + 1) / 2));
        }
        return FrameImages.frame(image, frame);
    }

    @Override
    public List<Condition> conditions() {
        if (fontsMissing.get()) {
            return List.of(new Condition("picture", Condition.Level.DEGRADED, NO_FONTS + "."));
        }
        String message = lettersMissing.get() ? NO_LETTERS + "." : "reads and writes";
        return List.of(new Condition("picture", Condition.Level.OK, message));
    }

    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = to.createGraphics();
        try {
            g.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(image, 0, 0, width, height, null);
        } finally {
            g.dispose();
        }
        return to;
    }
}
