// SPDX-License-Identifier: Apache-2.0
/** Recognitions in the shapes of other programs, so that what was made for these goes on. */
package io.facegate.mqtt.compat.internal;
