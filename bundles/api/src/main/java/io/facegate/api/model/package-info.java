// SPDX-License-Identifier: Apache-2.0
/** Model data that model bundles carry. */
@Export
@Version("1.3.0")
package io.facegate.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
