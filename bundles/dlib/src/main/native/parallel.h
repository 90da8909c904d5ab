// SPDX-License-Identifier: Apache-2.0
#ifndef FACEGATE_PARALLEL_H
#define FACEGATE_PARALLEL_H

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace facegate {

/// Runs task(0) to task(count - 1), begun in this order, on up to `threads` threads, the caller's among them,
/// and returns when all are done. The first exception is thrown again.
template <typename Task>
void run_parallel(long count, int threads, Task task) {
  std::atomic<long> next(0);
  std::exception_ptr failure;
  std::mutex failure_lock;
  auto work = [&] {
    for (long i = next++; i < count; i = next++) {
      try {
        task(i);
      } catch (...) {
        std::lock_guard<std::mutex> guard(failure_lock);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> others;
  try {
    for (long i = 1; i < std::min<long>(threads, count); ++i) others.emplace_back(work);
  } catch (const std::exception&) {
    // the system gives no more threads: those there are do it
  }
  work();
  for (auto& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace facegate

#endif
