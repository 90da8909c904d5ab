// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of several bundles share: the reference data, models as the extender gives them,
 * how the packages of a bundle stand on each other, processes and a broker.
 */
package io.facegate.testing;
