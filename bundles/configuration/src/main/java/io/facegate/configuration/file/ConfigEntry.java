// SPDX-License-Identifier: Apache-2.0
package io.facegate.configuration.file;

/**
 * One setting of a text.
 *
 * @param key its name
 * @param value what it is set to
 * @param start where its first line begins
 * @param end behind its last line
 * @param valueStart where the value begins, its type included
 * @param valueEnd behind the value
 */
record ConfigEntry(String key, Object value, int start, int end, int valueStart, int valueEnd) {}
