// SPDX-License-Identifier: Apache-2.0
/** Face detection, landmarks, descriptors and tracking by dlib 20.0.1. */
@Export
@Version("1.0.0")
package io.facegate.dlib;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
