// SPDX-License-Identifier: Apache-2.0
/** Who signed a bundle, and whether that is enough; knows nothing of the framework's life. */
package io.facegate.deploy.internal.signature;
