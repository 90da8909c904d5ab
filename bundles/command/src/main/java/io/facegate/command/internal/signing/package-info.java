// SPDX-License-Identifier: Apache-2.0
/** Keys that bundles are signed with, and those that are trusted. */
package io.facegate.command.internal.signing;
