// SPDX-License-Identifier: Apache-2.0
/** People and their encodings. */
@Export
@Version("2.0.0")
package io.facegate.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
