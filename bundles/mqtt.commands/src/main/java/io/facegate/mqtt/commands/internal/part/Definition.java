// SPDX-License-Identifier: Apache-2.0
package io.facegate.mqtt.commands.internal.part;

import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * What can be configured, as the bundle that reads it says.
 *
 * @param pid of the configuration, or of a factory of them
 * @param factory whether there may be several
 * @param settings which there are
 */
public record Definition(String pid, boolean factory, ObjectClassDefinition settings) {}
