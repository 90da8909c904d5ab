// SPDX-License-Identifier: Apache-2.0
/** Messages of a broker, for whoever obeys them. */
@Export
@Version("1.1.0")
package io.facegate.api.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
