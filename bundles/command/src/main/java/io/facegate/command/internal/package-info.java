// SPDX-License-Identifier: Apache-2.0
/**
 * Commands of the command line: the program, the process that runs one, and commands within the
 * gateway.
 */
package io.facegate.command.internal;
