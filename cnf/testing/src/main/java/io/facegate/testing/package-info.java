// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of several bundles share: the reference data, and models as the extender gives
 * them.
 */
package io.facegate.testing;
