// SPDX-License-Identifier: Apache-2.0
/** Erasing a person from everywhere, with a receipt. */
@Export
@Version("1.0.0")
package io.facegate.api.erasure;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
