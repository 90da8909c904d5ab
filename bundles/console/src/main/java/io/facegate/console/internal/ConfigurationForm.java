// SPDX-License-Identifier: Apache-2.0
package io.facegate.console.internal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.osgi.framework.Constants;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;

/**
 * Keeps passwords within URLs out of the console's form for a configuration, which hides only
 * settings that are passwords as a whole: in their places the form has {@value HiddenParts#MARK},
 * and who saves it so keeps them. A filter for what is shown, a handler for what is saved.
 */
@Component(
        service = {Filter.class, ConfigurationHandler.class},
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select="
                    + "(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
        })
public final class ConfigurationForm implements Filter, ConfigurationHandler {
    private static final String FORM = "configmgr";

    private final ConfigurationAdmin admin;

    @Activate
    public ConfigurationForm(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response instanceof HttpServletResponse answer
                && request instanceof HttpServletRequest asked
                && isForm(asked)) {
            HiddenValues values = new HiddenValues();
            values.read(admin);
            TextOfAnswer text = new TextOfAnswer(answer);
            chain.doFilter(request, text);
            values.read(admin); // one that was saved meanwhile
            text.send(values::hide);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** As the server decoded it, so that no spelling of the address gets past. */
    private static boolean isForm(HttpServletRequest request) {
        String path = request.getServletPath() + request.getPathInfo();
        return path.toLowerCase(Locale.ROOT).contains(FORM);
    }

    @Override
    public void updateConfiguration(
            String factoryPid, String pid, Dictionary<String, Object> settings)
            throws ValidationException, IOException {
        Dictionary<String, Object> before = settings(pid);
        for (String name : Collections.list(settings.keys())) {
            Object value = settings.get(name);
            if (HiddenValues.texts(value).stream().anyMatch(ConfigurationForm::isHidden)) {
                settings.put(name, restored(name, value, before == null ? null : before.get(name)));
            }
        }
    }

    private static boolean isHidden(String text) {
        return text.contains("://") && text.contains(HiddenParts.MARK);
    }

    private Dictionary<String, Object> settings(String pid) throws IOException {
        String escaped = pid.replaceAll("([\\\\()*])", "\\\\$1");
        List<Configuration> found =
                Configurations.list(admin, "(" + Constants.SERVICE_PID + "=" + escaped + ")");
        return found.isEmpty() ? null : found.get(0).getProperties();
    }

    private static Object restored(String name, Object value, Object before)
            throws ValidationException {
        if (value instanceof String text) {
            return restored(name, text, HiddenValues.texts(before));
        }
        List<String> texts = new ArrayList<>();
        for (String text : HiddenValues.texts(value)) {
            texts.add(isHidden(text) ? restored(name, text, HiddenValues.texts(before)) : text);
        }
        return value instanceof Collection<?> ? texts : texts.toArray(String[]::new);
    }

    /** Of several values the one that was shown so, or else the only one that may have been. */
    private static String restored(String name, String text, List<String> before)
            throws ValidationException {
        List<HiddenParts> all = before.stream().map(HiddenParts::of).toList();
        List<HiddenParts> same =
                all.stream().filter(parts -> parts.shown().equals(text)).limit(1).toList();
        List<HiddenParts> secret = all.stream().filter(HiddenParts::any).toList();
        List<HiddenParts> meant = same.isEmpty() ? secret : same;
        try {
            if (meant.size() == 1) {
                return meant.get(0).restored(text);
            }
        } catch (IllegalArgumentException e) {
            throw refusal(name);
        }
        throw refusal(name);
    }

    private static ValidationException refusal(String name) {
        return new ValidationException(
                name
                        + ": nobody can tell what "
                        + HiddenParts.MARK
                        + " stands for; write the login anew, or set user and .password.");
    }

    @Override
    public void createConfiguration(String pid) {
        // anybody may who may log in
    }

    @Override
    public void createFactoryConfiguration(String factoryPid, String name) {
        // the same
    }

    @Override
    public void deleteConfiguration(String factoryPid, String pid) {
        // the same
    }
}
