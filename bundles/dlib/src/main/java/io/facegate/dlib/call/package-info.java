// SPDX-License-Identifier: Apache-2.0
/** The border between this project's values and dlib's, for every bundle that calls dlib. */
@Export
@Version("1.1.0")
package io.facegate.dlib.call;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
