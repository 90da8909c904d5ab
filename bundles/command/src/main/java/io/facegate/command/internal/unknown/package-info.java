// SPDX-License-Identifier: Apache-2.0
/** The unknown people. */
package io.facegate.command.internal.unknown;
