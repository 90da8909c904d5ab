// SPDX-License-Identifier: Apache-2.0
/** Commands that judge the gallery. */
package io.facegate.command.internal.quality;
