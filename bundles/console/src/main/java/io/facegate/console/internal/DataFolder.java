// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import org.osgi.framework.BundleContext;

import java.nio.file.Path;

/** The gateway's data folder. */
final class DataFolder {
    private DataFolder() {}

    /** Framework property {@code facegate.data}, or {@code facegate-data} here. */
    static Path of(BundleContext context) {
        String folder = context.getProperty("facegate.data");
        return Path.of(folder == null || folder.isBlank() ? "facegate-data" : folder);
    }
}
