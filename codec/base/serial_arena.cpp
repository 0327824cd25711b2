// No arena: in builds with VQI_THREADS=OFF, for systems that Intel TBB does not run on, the calling thread does all.
#include "thread_arena.hpp"

namespace vqi::detail {

std::uint32_t machine_threads() { return 1; }

std::unique_ptr<ThreadArena> make_thread_arena(std::uint32_t /*threads*/) { return nullptr; }

}  // namespace vqi::detail
