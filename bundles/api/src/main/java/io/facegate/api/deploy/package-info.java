// SPDX-License-Identifier: Apache-2.0
/** Which bundles may be used: who signed them, and whose signature is trusted. */
@Export
@Version("1.0.0")
package io.facegate.api.deploy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
