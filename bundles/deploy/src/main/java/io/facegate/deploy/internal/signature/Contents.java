// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal.signature;

import org.osgi.framework.Bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is in a bundle, as those see it who use it: by the names of its entries. So nothing can be
 * used that was not looked at, whatever else the file has between them.
 */
public interface Contents extends Closeable {
    /** All entries but folders, each once. */
    List<String> names() throws IOException;

    /** Opens an entry of {@link #names()}. */
    InputStream open(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Of a bundle's newest content. Resolves nothing, so it can be read within a resolver hook. */
    static Contents of(Bundle bundle) {
        return new Contents() {
            @Override
            public List<String> names() throws IOException {
                List<String> names = new ArrayList<>();
                try {
                    collect("", names);
                } catch (IllegalStateException e) {
                    throw new IOException("the bundle was uninstalled", e);
                }
                return names;
            }

            private void collect(String folder, List<String> names) {
                Enumeration<String> paths = bundle.getEntryPaths("/" + folder);
                for (String path : paths == null ? List.<String>of() : Collections.list(paths)) {
                    if (path.endsWith("/")) {
                        collect(path, names);
                    } else {
                        names.add(path);
                    }
                }
            }

            @Override
            public InputStream open(String name) throws IOException {
                try {
                    URL url = bundle.getEntry(name);
                    if (url == null) {
                        throw new IOException(name + " is not there any more");
                    }
                    return url.openStream();
                } catch (IllegalStateException e) {
                    throw new IOException("the bundle was uninstalled", e);
                }
            }

            @Override
            public void close() {
                // nothing is open but what open returned
            }
        };
    }

    /**
     * Of a file.
     *
     * @throws IOException it is no zip file, or cannot be read
     */
    static Contents of(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        return new Contents() {
            @Override
            public List<String> names() {
                return zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> !name.endsWith("/"))
                        .distinct()
                        .toList();
            }

            @Override
            public InputStream open(String name) throws IOException {
                InputStream in = zip.getInputStream(zip.getEntry(name));
                if (in == null) {
                    throw new IOException(name + " is not there any more");
                }
                return in;
            }

            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
