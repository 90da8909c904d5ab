// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import org.apache.felix.fileinstall.ArtifactInstaller;

import java.io.File;

/**
 * Takes jars over from File Install, which finds them in its folders: it would stop what runs
 * before it knows that the new one can be used, and would say nothing of a file that is no bundle.
 */
final class LoadFolder implements ArtifactInstaller {
    private final Deployer deployer;

    LoadFolder(Deployer deployer) {
        this.deployer = deployer;
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar") && !file.isDirectory();
    }

    @Override
    public void install(File file) {
        deployer.put(file.toPath().toAbsolutePath().normalize());
    }

    @Override
    public void update(File file) {
        deployer.put(file.toPath().toAbsolutePath().normalize());
    }

    @Override
    public void uninstall(File file) {
        deployer.take(file.toPath().toAbsolutePath().normalize());
    }
}
