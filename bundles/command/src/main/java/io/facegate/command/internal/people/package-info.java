// SPDX-License-Identifier: Apache-2.0
/** The people of the gallery. */
package io.facegate.command.internal.people;
