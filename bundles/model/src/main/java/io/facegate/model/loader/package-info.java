// SPDX-License-Identifier: Apache-2.0
/**
 * The other half of the extender: how a bundle turns {@link io.facegate.api.model.ModelData} into a
 * running service. Not exported: the build copies this package into every bundle that uses it
 * ({@code -conditionalpackage}), so that these bundles depend on {@code api} only and each can be
 * updated alone.
 */
package io.facegate.model.loader;
