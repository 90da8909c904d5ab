// SPDX-License-Identifier: Apache-2.0
// The native methods of io.facegate.matcher.internal.Kernel; what they expect is said there.
#include "instruction_sets.h"

#include <jni.h>

#include <algorithm>
#include <limits>

namespace {

using facegate::QuantisedBlock;

QuantisedBlock* block_at(jlong address) { return reinterpret_cast<QuantisedBlock*>(address); }

int instruction_sets() {
    int count = 0;
    while (facegate::kInstructionSets[count].name != nullptr) {
        ++count;
    }
    return count;
}

}  // namespace

extern "C" {

JNIEXPORT jint JNICALL Java_io_facegate_matcher_internal_Kernel_instructionSets(JNIEnv*, jclass) {
    return instruction_sets();
}

JNIEXPORT jstring JNICALL Java_io_facegate_matcher_internal_Kernel_nameOf(JNIEnv* env, jclass, jint set) {
    return env->NewStringUTF(facegate::kInstructionSets[set].name);
}

JNIEXPORT jboolean JNICALL Java_io_facegate_matcher_internal_Kernel_available(JNIEnv*, jclass, jint set) {
    return facegate::kInstructionSets[set].available() ? JNI_TRUE : JNI_FALSE;
}

JNIEXPORT jlong JNICALL Java_io_facegate_matcher_internal_Kernel_address(JNIEnv* env, jclass, jobject buffer) {
    return reinterpret_cast<jlong>(env->GetDirectBufferAddress(buffer));
}

JNIEXPORT jint JNICALL Java_io_facegate_matcher_internal_Kernel_bytes(JNIEnv*, jclass, jint rows, jint dimension) {
    return static_cast<jint>(QuantisedBlock::bytes(rows, dimension));
}

JNIEXPORT void JNICALL Java_io_facegate_matcher_internal_Kernel_quantise(JNIEnv* env, jclass, jfloatArray vectors,
                                                                         jint dimension, jlong block) {
    const int rows = env->GetArrayLength(vectors) / dimension;
    void* values = env->GetPrimitiveArrayCritical(vectors, nullptr);
    if (values == nullptr) {
        return;  // OutOfMemoryError is thrown
    }
    facegate::quantise(static_cast<const float*>(values), rows, dimension, block_at(block));
    env->ReleasePrimitiveArrayCritical(vectors, values, JNI_ABORT);
}

JNIEXPORT void JNICALL Java_io_facegate_matcher_internal_Kernel_distances(JNIEnv* env, jclass, jint set,
                                                                          jfloatArray face, jfloatArray vectors,
                                                                          jint first, jint rows, jdoubleArray target) {
    const int dimension = env->GetArrayLength(face);
    float values[facegate::kMostValues];
    env->GetFloatArrayRegion(face, 0, dimension, values);
    void* from = env->GetPrimitiveArrayCritical(vectors, nullptr);
    void* to = from == nullptr ? nullptr : env->GetPrimitiveArrayCritical(target, nullptr);
    if (to != nullptr) {
        facegate::kInstructionSets[set].distances(values, dimension, static_cast<const float*>(from) + first * dimension, rows,
                                                  static_cast<double*>(to));
        env->ReleasePrimitiveArrayCritical(target, to, 0);
    }
    if (from != nullptr) {
        env->ReleasePrimitiveArrayCritical(vectors, from, JNI_ABORT);
    }
}

JNIEXPORT void JNICALL Java_io_facegate_matcher_internal_Kernel_lowerBounds(JNIEnv* env, jclass, jint set,
                                                                            jfloatArray face, jlongArray blocks,
                                                                            jint stride, jlong target) {
    const int dimension = env->GetArrayLength(face);
    const int count = env->GetArrayLength(blocks);
    float values[facegate::kMostValues];
    env->GetFloatArrayRegion(face, 0, dimension, values);
    facegate::Query query;
    facegate::quantise(values, dimension, &query);
    const facegate::LowerBounds lower_bounds = facegate::kInstructionSets[set].lower_bounds;
    const std::ptrdiff_t groups = stride / facegate::kGroupRows;
    float* bounds = reinterpret_cast<float*>(target);
    float* least = bounds + count * static_cast<std::ptrdiff_t>(stride);
    float* slack = least + count * groups;
    std::fill(least, slack, std::numeric_limits<float>::infinity());
    // The arrays are not held while the memory is read: it takes milliseconds, in which nobody could collect garbage.
    jlong some[256];
    for (int from = 0; from < count; from += 256) {
        const int part = std::min(count - from, 256);
        env->GetLongArrayRegion(blocks, from, part, some);
        for (int i = 0; i < part; ++i) {
            const std::ptrdiff_t index = from + i;
            lower_bounds(*block_at(some[i]), query,
                         {bounds + index * stride, least + index * groups, slack + index * groups});
        }
    }
}

}  // extern "C"
