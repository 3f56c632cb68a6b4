// C++20 coroutines, resumed in turn from a ring of handles.
//
// Arguments: yield|spawn LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.

#include <unistd.h>

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <vector>

struct Task {
  struct promise_type {
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

static Task yieldForever() {
  while (true) co_await std::suspend_always{};
}

static Task endAtOnce() { co_return; }

// The ready queue: a ring that is as large as the number of tasks.
class Ring {
 public:
  explicit Ring(size_t capacity) : slots(capacity) {}
  bool isEmpty() const { return count == 0; }
  void push(std::coroutine_handle<> handle) {
    slots[tail] = handle;
    if (++tail == slots.size()) tail = 0;
    ++count;
  }
  std::coroutine_handle<> pop() {
    auto handle = slots[head];
    if (++head == slots.size()) head = 0;
    --count;
    return handle;
  }

 private:
  std::vector<std::coroutine_handle<>> slots;
  size_t head = 0, tail = 0, count = 0;
};

static void run(Ring& ring, long steps) {
  for (long step = 0; step < steps; ++step) {
    auto handle = ring.pop();
    handle.resume();
    if (handle.done()) {
      handle.destroy();
    } else {
      ring.push(handle);
    }
  }
}

static double residentBytes() {
  FILE* file = std::fopen("/proc/self/statm", "r");
  if (!file) return 0;
  long total = 0, resident = 0;
  if (std::fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
  std::fclose(file);
  return double(resident) * double(sysconf(_SC_PAGESIZE));
}

// The CPU time of the process.
static double now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) * 1e9 + double(time.tv_nsec);
}

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const char* kind = argv[1];
  const char* label = argv[2];
  long tasks = std::atol(argv[3]);
  long operations = std::atol(argv[4]);
  if (std::strcmp(kind, "yield") == 0) {
    double before = residentBytes();
    Ring ring(tasks);
    for (long i = 0; i < tasks; ++i) ring.push(yieldForever().handle);
    run(ring, tasks);
    double bytes = (residentBytes() - before) / double(tasks);
    long rounds = operations / tasks > 3 ? operations / tasks : 3;
    run(ring, rounds / 10 * tasks);
    double start = now();
    run(ring, rounds * tasks);
    double ns = (now() - start) / double(rounds * tasks);
    std::printf("yield/%s %ld %f %f\n", label, tasks, ns, bytes);
  } else {
    Ring ring(tasks);
    auto live = [&](long count) {
      for (long i = 0; i < count; ++i) ring.push(endAtOnce().handle);
      run(ring, count);
    };
    live(tasks < 1000 ? tasks : 1000);
    long batches = operations / tasks > 1 ? operations / tasks : 1;
    double start = now();
    for (long i = 0; i < batches; ++i) live(tasks);
    double ns = (now() - start) / double(batches * tasks);
    std::printf("spawn/%s %ld %f -\n", label, tasks, ns);
  }
}
