// SPDX-License-Identifier: Apache-2.0
/** The running gateway: its parts, cameras and models. */
package io.facegate.command.internal.gateway;
