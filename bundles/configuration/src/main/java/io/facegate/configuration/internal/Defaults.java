// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.internal;

import io.facegate.configuration.file.ConfigValue;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is so without being configured, as the bundles say it. */
final class Defaults {
    private final BundleContext context;
    private final MetaTypeService metatype;

    /**
     * @param metatype null when there is none: nothing has a default then
     */
    Defaults(BundleContext context, MetaTypeService metatype) {
        this.context = context;
        this.metatype = metatype;
    }

    /** By the settings of a PID or a factory; of those without a default the empty text. */
    Map<String, List<String>> of(String pid) {
        Map<String, List<String>> defaults = new HashMap<>();
        for (Bundle bundle : metatype == null ? new Bundle[0] : context.getBundles()) {
            MetaTypeInformation types = metatype.getMetaTypeInformation(bundle);
            if (types != null
                    && (Arrays.asList(types.getPids()).contains(pid)
                            || Arrays.asList(types.getFactoryPids()).contains(pid))) {
                ObjectClassDefinition all = types.getObjectClassDefinition(pid, null);
                for (AttributeDefinition one :
                        all.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
                    String[] values = one.getDefaultValue();
                    defaults.put(one.getID(), values == null ? List.of() : List.of(values));
                }
            }
        }
        return defaults;
    }

    /** Whether a value is what would be without it. */
    static boolean is(Object value, List<String> standard) {
        if (standard == null) {
            return false; // nobody knows the setting
        }
        List<Object> typed = standard.stream().map(text -> typed(value, text)).toList();
        return ConfigValue.same(value, typed)
                || standard.stream().allMatch(String::isEmpty) && ConfigValue.isEmpty(value);
    }

    /** 1 is the default 1.0 of a number with a point. */
    private static Object typed(Object value, String text) {
        try {
            return value instanceof Double || value instanceof Double[]
                    ? Double.valueOf(text)
                    : value instanceof Float || value instanceof Float[]
                            ? Float.valueOf(text)
                            : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
