// SPDX-License-Identifier: Apache-2.0
#ifndef FACEGATE_SCHEDULE_H
#define FACEGATE_SCHEDULE_H

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace facegate {

/// Work in stages of tasks that may run at the same time. A stage waits for at most two earlier ones; which thread does
/// a task is not determined. For one use.
class Schedule {
 public:
  static constexpr int NOTHING = -1;
  /// thread: 0 to threads - 1; task: 0 to tasks - 1.
  typedef std::function<void(int thread, long task)> Work;

  /// Adds a stage; returns its number, for later ones to wait for.
  int add(long tasks, int after, int also_after, Work work) {
    stages_.push_back(Stage{tasks, after, also_after, std::move(work), tasks});
    return static_cast<int>(stages_.size()) - 1;
  }

  /// Does everything on up to `threads` threads, the caller's among them. The first exception is thrown again.
  void run(int threads) {
    std::vector<std::thread> others;
    try {
      for (int thread = 1; thread < threads; ++thread) others.emplace_back([this, thread] { work(thread); });
    } catch (const std::exception&) {
      // the system gives no more threads: those there are do it
    }
    work(0);
    for (auto& thread : others) thread.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Stage {
    long tasks;
    int after;
    int also_after;
    Work work;
    long left;
  };

  bool done(int stage) const { return stage == NOTHING || stages_[stage].left == 0; }

  /// Tasks are taken in order, so what a task waits for is in the hands of threads that run.
  void work(int thread) {
    std::unique_lock<std::mutex> lock(lock_);
    for (;;) {
      while (current_ < stages_.size() && next_ == stages_[current_].tasks) {
        ++current_;
        next_ = 0;
      }
      if (failure_ || current_ == stages_.size()) return;
      Stage& stage = stages_[current_];
      const long task = next_++;
      while (!failure_ && !(done(stage.after) && done(stage.also_after))) changed_.wait(lock);
      if (failure_) return;
      lock.unlock();
      std::exception_ptr failure;
      try {
        stage.work(thread, task);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (failure && !failure_) failure_ = failure;
      if (--stage.left == 0 || failure) changed_.notify_all();
    }
  }

  std::deque<Stage> stages_;
  std::size_t current_ = 0;
  long next_ = 0;
  std::exception_ptr failure_;
  std::mutex lock_;
  std::condition_variable changed_;
};

}  // namespace facegate

#endif
