// SPDX-License-Identifier: Apache-2.0
/** Datasets into the gallery. */
package io.facegate.command.internal.enrol;
