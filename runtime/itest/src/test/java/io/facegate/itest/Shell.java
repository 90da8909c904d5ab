// SPDX-License-Identifier: Apache-2.0
package io.facegate.itest;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Gogo's commands for bundles, in the shell of the gateway. */
final class Shell {
    private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";

    private final BundleContext context;

    Shell(BundleContext context) {
        this.context = context;
    }

    /** Installs a file, which is started then; empty when the shell refuses to. */
    String install(Path file) throws Exception {
        return run("felix:install " + file.toUri());
    }

    /** Starts a bundle. */
    String start(Bundle bundle) throws Exception {
        return run("felix:start " + bundle.getBundleId());
    }

    /** Gives a bundle the content of a file. */
    String update(Bundle bundle, Path file) throws Exception {
        return run("felix:update " + bundle.getBundleId() + " " + file.toUri());
    }

    /** Reads a bundle again from where it was installed from. */
    String update(Bundle bundle) throws Exception {
        return run("felix:update " + bundle.getBundleId());
    }

    /** Rewires a bundle, as one does after an update. */
    String refresh(Bundle bundle) throws Exception {
        return run("felix:refresh " + bundle.getBundleId());
    }

    String uninstall(Bundle bundle) throws Exception {
        return run("felix:uninstall " + bundle.getBundleId());
    }

    /** What a command printed, and what it ended with. */
    private String run(String line) throws Exception {
        Object processor = context.getService(context.getServiceReference(PROCESSOR));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object session =
                processor
                        .getClass()
                        .getMethod(
                                "createSession",
                                InputStream.class,
                                OutputStream.class,
                                OutputStream.class)
                        .invoke(processor, new ByteArrayInputStream(new byte[0]), out, out);
        try {
            Object result =
                    session.getClass()
                            .getMethod("execute", CharSequence.class)
                            .invoke(session, line);
            return out.toString(StandardCharsets.UTF_8) + (result == null ? "" : result);
        } catch (java.lang.reflect.InvocationTargetException e) {
            return out.toString(StandardCharsets.UTF_8) + e.getCause();
        } finally {
            session.getClass().getMethod("close").invoke(session);
        }
    }
}
