// SPDX-License-Identifier: Apache-2.0
/** What every command works with. */
package io.facegate.command.internal.session;
