// SPDX-License-Identifier: Apache-2.0
/** The gallery as files. */
package io.facegate.command.internal.exchange;
