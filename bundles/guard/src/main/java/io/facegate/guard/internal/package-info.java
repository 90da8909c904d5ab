// SPDX-License-Identifier: Apache-2.0
/** Eases the work when the machine is in need. */
package io.facegate.guard.internal;
