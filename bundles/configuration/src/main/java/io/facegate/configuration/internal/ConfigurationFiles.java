// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import io.facegate.api.status.Condition;
import io.facegate.api.status.ConditionSource;

import org.apache.felix.fileinstall.ArtifactInstaller;
import org.apache.felix.fileinstall.ArtifactListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes files of configuration over from File Install, which finds them: it would save every
 * default into them, would make no file for what is new, and would say nothing of what it cannot
 * read.
 */
@Component(
        immediate = true,
        service = {
            ArtifactInstaller.class,
            ArtifactListener.class,
            SynchronousConfigurationListener.class,
            ConditionSource.class
        },
        property = Constants.SERVICE_RANKING + ":Integer=100")
public final class ConfigurationFiles
        implements ArtifactInstaller, SynchronousConfigurationListener, ConditionSource {
    private final OwnedFiles files;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile MetaTypeService metatype;

    @Activate
    public ConfigurationFiles(BundleContext context, @Reference ConfigurationAdmin admin) {
        Path data =
                Path.of(
                        Optional.ofNullable(context.getProperty("facegate.data"))
                                .orElse("facegate-data"));
        files =
                new OwnedFiles(
                        data,
                        new Store(admin),
                        new Settings(context::getProperty),
                        pid -> new Defaults(context, metatype).of(pid));
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(FileNames.END)
                && !file.getName().startsWith(".")
                && !file.isDirectory();
    }

    @Override
    public void install(File file) {
        files.take(path(file));
    }

    @Override
    public void update(File file) {
        files.take(path(file));
    }

    @Override
    public void uninstall(File file) {
        files.drop(path(file));
    }

    private static Path path(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            files.changed(event.getPid());
        } else if (event.getType() == ConfigurationEvent.CM_DELETED) {
            files.deleted(event.getPid());
        }
    }

    @Override
    public List<Condition> conditions() {
        return files.conditions();
    }
}
