// SPDX-License-Identifier: Apache-2.0
/** Lets bundles in, or keeps them out, and goes back from those that fail. */
package io.facegate.deploy.internal;
