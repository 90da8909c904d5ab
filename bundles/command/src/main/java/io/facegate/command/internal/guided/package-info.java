// SPDX-License-Identifier: Apache-2.0
/** A person before a camera, asked for one pose after the other. */
package io.facegate.command.internal.guided;
