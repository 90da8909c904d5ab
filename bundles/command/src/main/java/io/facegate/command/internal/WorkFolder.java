// SPDX-License-Identifier: Apache-2.0
package io.facegate.command.internal;

import org.osgi.framework.Bundle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Deletes the folder a command's framework worked in, at the end of the process and once the
 * framework has stopped. Everything is loaded beforehand: this bundle is gone by then.
 */
final class WorkFolder extends SimpleFileVisitor<Path> implements Runnable {
    private static final int POLLS = 1250;
    private static final long POLL_MILLIS = 4;

    private final Bundle framework;
    private final Path folder;

    private WorkFolder(Bundle framework, Path folder) {
        this.framework = framework;
        this.folder = folder;
    }

    static void deleteAtExit(Bundle framework, Path folder) {
        Thread hook = new Thread(new WorkFolder(framework, folder), "facegate-work-folder");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < POLLS && isRunning(); i++) {
                Thread.sleep(POLL_MILLIS);
            }
            Files.walkFileTree(folder, this);
        } catch (InterruptedException | IOException e) {
            // the process ends; the folder is in a cache and does no harm
            return;
        }
    }

    private boolean isRunning() {
        int state = framework.getState();
        return state == Bundle.ACTIVE || state == Bundle.STOPPING;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
            throws IOException {
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
    }
}
