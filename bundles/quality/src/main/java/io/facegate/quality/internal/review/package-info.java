// SPDX-License-Identifier: Apache-2.0
/** How good the gallery is: advice on people, calibration of the tolerance. */
package io.facegate.quality.internal.review;
