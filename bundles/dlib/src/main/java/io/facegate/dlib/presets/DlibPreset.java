// SPDX-License-Identifier: Apache-2.0
package io.facegate.dlib.presets;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** Tells JavaCPP how to turn the facade's header into Java classes. Does its work at build time. */
@Properties(
        value = @Platform(include = "facegate_dlib.h", library = "jnidlib"),
        target = "io.facegate.dlib.internal",
        global = "io.facegate.dlib.internal.DlibNative")
public class DlibPreset implements InfoMapper {
    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("std::string").annotations("@StdString").valueTypes("String"));
        // The pixels are not copied on the way: this call is short and throws nothing.
        infoMap.put(new Info("facegate::HogDetector::fill").annotations("@CriticalRegion"));
    }
}
