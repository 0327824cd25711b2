// The program that runs harnesses without libFuzzer: on their seeds, on files, and on mutations of both.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "harness.hpp"

namespace {

namespace fs = std::filesystem;
using namespace vqi::fuzz;

/// The random numbers of plain_mutation, which cannot be passed to it: PlainMutation is a plain function.
vqi::detail::Random& plain_random() {
  static vqi::detail::Random random(1);
  return random;
}

/// Makes one to four changes: flips a bit, sets a byte, inserts a byte or removes up to eight.
std::size_t plain_mutation(std::uint8_t* data, std::size_t size, std::size_t capacity) {
  vqi::detail::Random& random = plain_random();
  for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
    const std::uint64_t kind = size == 0 ? 2 : random.below(4);
    const auto at = static_cast<std::size_t>(random.below(size + (kind == 2 ? 1 : 0)));
    if (kind == 0) data[at] ^= static_cast<std::uint8_t>(1U << random.below(8));
    if (kind == 1) data[at] = static_cast<std::uint8_t>(random.below(256));
    if (kind == 2 && size < capacity) {
      std::copy_backward(data + at, data + size, data + size + 1);
      data[at] = static_cast<std::uint8_t>(random.below(256));
      ++size;
    }
    if (kind == 3) {
      const auto count = static_cast<std::size_t>(1 + random.below(std::min<std::size_t>(8, size - at)));
      std::copy(data + at + count, data + size, data + at);
      size -= count;
    }
  }
  return size;
}

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
  Bytes bytes(text.size());
  std::transform(text.begin(), text.end(), bytes.begin(), [](char letter) { return static_cast<std::byte>(letter); });
  return bytes;
}

/// The file at `path`, or all files of the folder at `path` by name.
std::vector<fs::path> files_at(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

int replay(const Harness& harness, const std::vector<std::string>& paths) {
  std::size_t runs = 0;
  const std::vector<Bytes> seeds = harness.make_seeds();
  std::size_t accepted_seeds = 0;
  for (const Bytes& seed : seeds) {
    if (harness.run(seed)) ++accepted_seeds;
    for (int i = 0; i < harness.mutations_per_seed; ++i) {
      Bytes input = seed;
      Mutation mutation(runs++, harness.input_size_max, plain_mutation);
      mutate_input(harness, input, mutation);
      harness.run(input);
    }
  }
  std::size_t files = 0;
  for (const std::string& path : paths)
    for (const fs::path& file : files_at(path)) {
      harness.run(read_file(file));
      ++files;
    }
  std::printf("%zu seeds, %zu of them accepted, %zu mutations of them, %zu files\n", seeds.size(), accepted_seeds, runs,
              files);
  return accepted_seeds == 0 ? 1 : 0;
}

int write_seeds(const Harness& harness, const fs::path& folder) {
  fs::create_directories(folder);
  std::size_t number = 0;
  for (const Bytes& seed : harness.make_seeds()) {
    std::ofstream file(folder / ("seed" + std::to_string(number++)), std::ios::binary);
    file.write(reinterpret_cast<const char*>(seed.data()), static_cast<std::streamsize>(seed.size()));
    if (!file.flush()) return 1;
  }
  return 0;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 1 && arguments[0] == "--list") {
    for (const Harness* harness : all_harnesses()) std::printf("%s\n", std::string(harness->name).c_str());
    return 0;
  }
  const bool writes = arguments.size() == 3 && arguments[0] == "--write-seeds";
  const Harness* harness = arguments.empty() ? nullptr : find_harness(arguments[writes ? 1 : 0]);
  if (harness == nullptr) {
    std::fprintf(stderr, "usage: vqi_fuzz_replay NAME [FILE|FOLDER...] | --write-seeds NAME FOLDER | --list\n");
    return 2;
  }
  return writes ? write_seeds(*harness, arguments[2]) : replay(*harness, {arguments.begin() + 1, arguments.end()});
}

}  // namespace

int main(int argument_count, char** argument_values) {
  try {
    return run({argument_values + 1, argument_values + argument_count});
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "%s\n", failure.what());
    return 1;
  }
}
