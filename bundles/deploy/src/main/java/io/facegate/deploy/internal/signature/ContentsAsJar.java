// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Contents as the bytes of a jar, made while they are read, in the order that the JDK needs to
 * verify them: manifest, signatures, everything else. Not thread-safe.
 */
public final class ContentsAsJar extends InputStream {
    private static final int CHUNK = 64 * 1024;

    private final Contents contents;
    private final Iterator<String> names;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream(2 * CHUNK);
    private final ZipOutputStream zip = new ZipOutputStream(made);
    private final byte[] chunk = new byte[CHUNK];
    private byte[] ready = {};
    private int at;
    private InputStream entry;
    private boolean finished;

    /**
     * @param names the entries, in the order they come
     */
    public ContentsAsJar(Contents contents, List<String> names) {
        this.contents = contents;
        this.names = names.iterator();
        zip.setLevel(Deflater.NO_COMPRESSION);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == ready.length) {
            if (finished) {
                return -1;
            }
            made.reset();
            makeMore();
            ready = made.toByteArray();
            at = 0;
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, bytes, offset, count);
        at += count;
        return count;
    }

    private void makeMore() throws IOException {
        if (entry == null) {
            if (!names.hasNext()) {
                zip.finish();
                finished = true;
                return;
            }
            String name = names.next();
            ZipEntry header = new ZipEntry(name);
            header.setTime(0);
            zip.putNextEntry(header);
            entry = contents.open(name);
        }
        int count = entry.read(chunk);
        if (count >= 0) {
            zip.write(chunk, 0, count);
            return;
        }
        entry.close();
        entry = null;
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        if (entry != null) {
            entry.close();
        }
    }
}
