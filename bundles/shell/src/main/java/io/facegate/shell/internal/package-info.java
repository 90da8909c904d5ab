// SPDX-License-Identifier: Apache-2.0
/** The shell: Gogo commands, the banner, and events as lines of text. */
package io.facegate.shell.internal;
