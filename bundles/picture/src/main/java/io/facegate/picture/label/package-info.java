// SPDX-License-Identifier: Apache-2.0
/**
 * Labels of faces, the same wherever live pictures are shown. Not exported: the build copies this
 * package into every bundle that uses it ({@code -conditionalpackage}), so that these bundles
 * depend on {@code api} only.
 */
package io.facegate.picture.label;
