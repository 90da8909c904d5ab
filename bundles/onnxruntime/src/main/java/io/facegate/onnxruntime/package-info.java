// SPDX-License-Identifier: Apache-2.0
/** Loads ONNX Runtime's native libraries once per version instead of once per start. */
@Export
@Version("1.0.0")
package io.facegate.onnxruntime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
