// SPDX-License-Identifier: Apache-2.0
// dlib's layers on tensors: its loops over them are worth compiling for every variant.
#include <dlib/cuda/cpu_dlib.cpp>
