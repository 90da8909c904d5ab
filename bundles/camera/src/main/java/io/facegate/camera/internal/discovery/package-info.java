// SPDX-License-Identifier: Apache-2.0
/** Finds cameras: the kernel's, the board's and those of networks. Uses nothing of the bundle. */
package io.facegate.camera.internal.discovery;
