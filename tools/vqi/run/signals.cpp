// A signal handler on lock-free atomics, a pipe that wakes poll(), and a table of temporary files.
#include "signals.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace vqi::tool {
namespace {

// Names are stored in fixed memory, because the handler may read them at any moment.
constexpr std::size_t slot_count = 64;       // temporary files beyond these survive a second signal
constexpr std::size_t path_capacity = 4096;  // bytes, PATH_MAX: longer names cannot be opened

enum class SlotState { empty, filling, active };

struct Slot {
  std::atomic<SlotState> state{SlotState::empty};
  std::array<char, path_capacity> path{};
};

std::array<Slot, slot_count> slots;
std::atomic<int> first_signal{0};
std::array<int, 2> stop_pipe{-1, -1};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<SlotState>::is_always_lock_free,
              "the signal handler may only touch what needs no lock");

std::optional<std::size_t> claim_slot(const std::string& path) {
  if (path.size() >= path_capacity) return std::nullopt;
  for (std::size_t index = 0; index < slots.size(); ++index) {
    Slot& slot = slots[index];
    SlotState expected = SlotState::empty;
    if (!slot.state.compare_exchange_strong(expected, SlotState::filling)) continue;
    std::copy(path.begin(), path.end(), slot.path.begin());
    slot.path[path.size()] = '\0';
    slot.state = SlotState::active;
    return index;
  }
  return std::nullopt;
}

void remove_temporaries() noexcept {
  for (Slot& slot : slots)
    if (slot.state == SlotState::active) ::unlink(slot.path.data());
}

}  // namespace

extern "C" {
static void on_signal(int number) {
  const int saved_errno = errno;
  int none = 0;
  if (!first_signal.compare_exchange_strong(none, number)) {
    remove_temporaries();
    ::_exit(128 + number);
  }
  const char byte = 0;
  // This cannot fail: it is the only byte that is ever written to the pipe.
  [[maybe_unused]] const auto written = ::write(stop_pipe[1], &byte, 1);
  errno = saved_errno;
}
}

void install_signal_handlers() {
  if (::pipe2(stop_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) stop_pipe = {-1, -1};
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction current {};
    ::sigaction(number, nullptr, &current);
    if (current.sa_handler == SIG_IGN) continue;  // started by nohup or in the background
    struct sigaction action {};
    action.sa_handler = on_signal;  // no SA_RESTART, so that a blocked read or write returns
    sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int stop_signal() noexcept { return first_signal; }

int stop_descriptor() noexcept { return stop_pipe[0]; }

void end_at_once(int exit_code) noexcept {
  remove_temporaries();
  ::_exit(exit_code);
}

TemporaryFile::TemporaryFile(std::string path) : path_(std::move(path)), slot_(claim_slot(path_)) {}

TemporaryFile::~TemporaryFile() {
  if (owned_) ::unlink(path_.c_str());
  release_slot();
}

void TemporaryFile::keep() noexcept {
  owned_ = false;
  release_slot();
}

void TemporaryFile::release_slot() noexcept {
  if (slot_) slots[*slot_].state = SlotState::empty;
  slot_.reset();
}

}  // namespace vqi::tool
