// The functions that libFuzzer calls; the environment variable VQI_FUZZ_HARNESS names the harness to run.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "harness.hpp"

// https://llvm.org/docs/LibFuzzer.html names these functions and their arguments.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t capacity);
extern "C" int LLVMFuzzerInitialize(int* argument_count, char*** argument_values);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t capacity,
                                               unsigned int seed);

namespace {

const vqi::fuzz::Harness* harness = nullptr;

}  // namespace

int LLVMFuzzerInitialize(int* /*argument_count*/, char*** /*argument_values*/) {
  const char* const name = std::getenv("VQI_FUZZ_HARNESS");
  harness = vqi::fuzz::find_harness(name != nullptr ? name : "");
  if (harness != nullptr) return 0;
  std::fprintf(stderr, "VQI_FUZZ_HARNESS must name one of:");
  for (const vqi::fuzz::Harness* each : vqi::fuzz::all_harnesses())
    std::fprintf(stderr, " %.*s", static_cast<int>(each->name.size()), each->name.data());
  std::fprintf(stderr, "\n");
  std::exit(2);
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  harness->run({reinterpret_cast<const std::byte*>(data), size});
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t capacity, unsigned int seed) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  vqi::fuzz::Bytes input(begin, begin + size);
  vqi::fuzz::Mutation mutation(seed, std::min(capacity, harness->input_size_max), LLVMFuzzerMutate);
  vqi::fuzz::mutate_input(*harness, input, mutation);
  if (input.empty() || input.size() > capacity) return size;
  std::copy(input.begin(), input.end(), reinterpret_cast<std::byte*>(data));
  return input.size();
}
