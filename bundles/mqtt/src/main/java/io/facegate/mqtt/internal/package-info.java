// SPDX-License-Identifier: Apache-2.0
/**
 * The publisher: its component, its thread and what waits for it. Its rooms, each of which uses
 * only those named before it: {@code link}, {@code message}, {@code delivery}, {@code gateway},
 * {@code discovery}, {@code state}, {@code report}.
 */
package io.facegate.mqtt.internal;
