// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal.fake;

import io.facegate.api.frame.Frame;
import io.facegate.api.picture.PictureException;
import io.facegate.api.picture.PictureReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Every file is a grey picture of 200 x 100, unless it is empty or missing. */
public final class FakeReader implements PictureReader {
    @Override
    public Frame read(Path file, boolean upright) throws PictureException {
        try {
            return read(Files.readAllBytes(file), file.getFileName().toString(), upright);
        } catch (PictureException e) {
            throw e;
        } catch (IOException e) {
            throw new PictureException(file + ": there is no such file", e);
        }
    }

    @Override
    public Frame read(byte[] file, String name, boolean upright) throws PictureException {
        if (file.length == 0) {
            throw new PictureException(name + ": the file is empty");
        }
        return frame(name, 0);
    }

    public static Frame frame(String name, long sequence) {
        return Frame.rgb(name, sequence, Instant.EPOCH, 200, 100, new byte[200 * 100 * 3]);
    }

    @Override
    public boolean isPicture(Path file) {
        return file.getFileName().toString().matches(".*\\.(jpg|png|gif)");
    }
}
