// SPDX-License-Identifier: Apache-2.0
/** Commands of the command line, wherever they come from. */
@Export
@Version("1.0.0")
package io.facegate.api.command;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
