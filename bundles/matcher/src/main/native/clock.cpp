// SPDX-License-Identifier: Apache-2.0
// What the kernel knows of the clock: adjtimex(2), for which Java 17 has no call and /proc no file.
#include <jni.h>
#include <sys/timex.h>

extern "C" {

// Microseconds the clock may be wrong by; below 0 when the kernel does not say.
JNIEXPORT jlong JNICALL Java_io_facegate_matcher_internal_KernelClock_maxErrorMicros(JNIEnv*, jclass) {
    struct timex asked = {};
    return adjtimex(&asked) < 0 ? -1 : static_cast<jlong>(asked.maxerror);
}

}  // extern "C"
