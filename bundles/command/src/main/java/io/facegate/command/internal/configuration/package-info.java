// SPDX-License-Identifier: Apache-2.0
/** Commands around files of configuration. */
package io.facegate.command.internal.configuration;
