// SPDX-License-Identifier: Apache-2.0
package io.facegate.deploy.internal;

import io.facegate.api.deploy.BundleKeys;
import io.facegate.api.status.ConditionSource;
import io.facegate.deploy.internal.signature.Keys;

import org.apache.felix.fileinstall.ArtifactInstaller;
import org.apache.felix.fileinstall.ArtifactListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;

/**
 * Starts before all other bundles, and before there are components: hence an activator. The gate
 * belongs to the framework, so that it stays shut when this bundle is stopped, until another one of
 * it takes over: stopping it must not be a way past it.
 */
public final class DeployActivator implements BundleActivator {
    private static final String GATE = "facegate.deploy.gate";
    private static final String IS_GATE = "(" + GATE + "=true)";

    private AutoCloseable shut;

    @Override
    public void start(BundleContext context) throws Exception {
        BundleContext system = context.getBundle(0).getBundleContext();
        String data = context.getProperty("facegate.data");
        KeyFolder folder =
                new KeyFolder(Path.of(data == null ? "facegate-data" : data).resolve("keys"));
        Optional<Path> home =
                Optional.ofNullable(context.getProperty("facegate.home")).map(Path::of);
        Keys keys =
                new Keys(
                        folder.path(),
                        Boolean.parseBoolean(context.getProperty("facegate.requireSignature")),
                        home,
                        Keys::now);
        Installation installation = new Installation(home, system);
        BundleGate gate = new BundleGate(keys, installation);
        BundleLife life = new BundleLife(system, context, gate);
        Generations generations = new Generations(system);
        Troubles troubles = new Troubles();
        Deployer deployer = new Deployer(system, gate, installation, life, generations, troubles);
        Watch watch = new Watch(system, gate, installation, life, generations, troubles, deployer);

        List<ServiceRegistration<?>> registrations = new ArrayList<>();
        shut =
                () -> {
                    registrations.forEach(ServiceRegistration::unregister);
                    watch.close();
                };
        List<AutoCloseable> earlier = earlier(system);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(GATE, true);
        registrations.add(system.registerService(ResolverHookFactory.class, gate, null));
        registrations.add(system.registerService(AutoCloseable.class, shut, properties));
        for (AutoCloseable one : earlier) {
            one.close();
        }
        system.addBundleListener(watch);
        try {
            registrations.add(registerLoadFolder(system, deployer));
        } catch (NoClassDefFoundError e) {
            // a command that needs no File Install runs without it
        }
        watch.everySecond(
                () -> {
                    if (folder.hasChanged()) {
                        deployer.tryAgain();
                    }
                });
        context.registerService(BundleKeys.class, keys, null);
        context.registerService(
                ConditionSource.class,
                new DeployConditions(
                        system,
                        keys,
                        gate,
                        installation,
                        new MakersMark(keys, installation, system),
                        troubles),
                null);
    }

    private static ServiceRegistration<?> registerLoadFolder(
            BundleContext system, Deployer deployer) {
        return system.registerService(
                new String[] {ArtifactInstaller.class.getName(), ArtifactListener.class.getName()},
                new LoadFolder(deployer),
                null);
    }

    private static List<AutoCloseable> earlier(BundleContext system) throws InvalidSyntaxException {
        List<AutoCloseable> all = new ArrayList<>();
        for (ServiceReference<AutoCloseable> reference :
                system.getServiceReferences(AutoCloseable.class, IS_GATE)) {
            all.add(system.getService(reference));
        }
        return all;
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        if (context.getBundle(0).getState() == Bundle.STOPPING) {
            shut.close();
        }
    }
}
