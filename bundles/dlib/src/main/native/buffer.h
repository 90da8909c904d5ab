// SPDX-License-Identifier: Apache-2.0
#ifndef FACEGATE_BUFFER_H
#define FACEGATE_BUFFER_H

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace facegate {

/// Memory that is not initialised, begins at a cache line and is kept from one use to the next.
template <typename T>
class Buffer {
 public:
  /// At least `size` values; what was there is lost when it must grow.
  T* need(std::size_t size) {
    if (size > size_) {
      memory_.reset();
      size_ = 0;
      void* memory = nullptr;
      if (posix_memalign(&memory, 64, size * sizeof(T)) != 0) throw std::bad_alloc();
      memory_.reset(static_cast<T*>(memory));
      size_ = size;
    }
    return memory_.get();
  }

  T* begin() const { return memory_.get(); }
  std::size_t bytes() const { return size_ * sizeof(T); }

 private:
  struct Free {
    void operator()(T* memory) const { std::free(memory); }
  };
  std::unique_ptr<T, Free> memory_;
  std::size_t size_ = 0;
};

}  // namespace facegate

#endif
