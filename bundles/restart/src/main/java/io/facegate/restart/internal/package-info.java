// SPDX-License-Identifier: Apache-2.0
/** Brings back in their order the bundles that were refreshed together. */
package io.facegate.restart.internal;
