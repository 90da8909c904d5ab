// SPDX-License-Identifier: Apache-2.0
// The compiled parts of dlib that the facade needs, of the sixty and more in dlib/all/source.cpp, but for dlib_tensors.cpp.
#include <dlib/base64/base64_kernel_1.cpp>
#include <dlib/cuda/tensor_tools.cpp>
#include <dlib/entropy_decoder/entropy_decoder_kernel_2.cpp>
#include <dlib/entropy_encoder/entropy_encoder_kernel_2.cpp>
#include <dlib/fft/fft.cpp>
#include <dlib/threads/async.cpp>
#include <dlib/threads/multithreaded_object_extension.cpp>
#include <dlib/threads/thread_pool_extension.cpp>
#include <dlib/threads/threads_kernel_2.cpp>
#include <dlib/threads/threads_kernel_shared.cpp>
