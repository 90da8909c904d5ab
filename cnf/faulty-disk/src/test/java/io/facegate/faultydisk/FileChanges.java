// SPDX-License-Identifier: Apache-2.0
package io.facegate.faultydisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A process that makes files, some of them with care. */
final class FileChanges {
    private FileChanges() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        write(folder.resolve("careless"), "careless", false);
        write(folder.resolve("nameless"), "synced, its name was not", true);
        Path whole = folder.resolve("whole");
        write(folder.resolve("part"), "new", true);
        // without ATOMIC_MOVE, Java would remove the old one first
        Files.move(folder.resolve("part"), whole, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(folder.resolve("old"));
        if ("synced".equals(args[1])) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
        DiskFaults faults = new DiskFaults(Path.of(args[2]));
        faults.fail(DiskFaults.SYNC, 0, DiskFaults.EIO, 1);
        try (FileChannel file = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("refused".getBytes()));
            refused(file);
            faults.none();
            // succeeds, and does not bring back what the disk refused
            file.force(true);
        }
        faults.room(5);
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve("full"),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE)) {
            ByteBuffer more = ByteBuffer.wrap("0123456789".getBytes());
            while (more.hasRemaining()) {
                file.write(more);
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void refused(FileChannel file) {
        try {
            file.force(true);
            System.out.println("the disk accepted it");
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void write(Path file, String text, boolean synced) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes()));
            if (synced) {
                channel.force(true);
            }
        }
    }
}
