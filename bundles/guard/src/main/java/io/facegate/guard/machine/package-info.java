// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel says of this machine: heat, power, memory, disks. Copied into the command line
 * and the model updates by the build. What the kernel does not say is absent, never guessed;
 * nothing here throws.
 */
package io.facegate.guard.machine;
