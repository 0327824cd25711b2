// Harness: hostile JPEG 2000 files are read or refused, and the same pixels come out under each rule for damage.
#include "harness.hpp"
#include "jpeg2000_fixture.hpp"
#include "jpeg2000_header.hpp"
#include "jpeg2000_reader.hpp"
#include "picture_check.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

bool run(std::span<const std::byte> input) { return is_jpeg2000(input) && check_picture(input, read_jpeg2000); }

/// JP2 files and codestreams of 1 to 4 components, some subsampled, and one with a palette.
std::vector<Bytes> make_seeds() {
  std::vector<Bytes> seeds;
  for (const bool is_boxed : {false, true})
    for (const std::uint32_t components : {1U, 2U, 3U, 4U})
      seeds.push_back(testing::write_jpeg2000_fixture({.components = components, .is_boxed = is_boxed}));
  seeds.push_back(testing::write_jpeg2000_fixture({.components = 3, .chroma_distance = 2, .space = OPJ_CLRSPC_SYCC}));
  seeds.push_back(testing::write_jpeg2000_fixture({.components = 3, .bits = 12}));
  seeds.push_back(testing::palette_jpeg2000());
  return seeds;
}

}  // namespace

const Harness jpeg2000_harness{"jpeg2000", run, make_seeds, 4096, nullptr};

}  // namespace vqi::fuzz
