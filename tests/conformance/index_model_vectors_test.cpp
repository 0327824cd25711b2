// Each index model writes exactly the pinned strips of index_model_vectors.txt and reads them back. The second decoder,
// written from FORMAT.md in Python, reads the same file.
#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "index_model.hpp"

namespace {

/// The numbers in `text`, each with two hexadecimal digits for a byte.
template <class Number>
std::vector<Number> from_hex(const std::string& text) {
  constexpr std::size_t digits = 2 * sizeof(Number);
  std::vector<Number> numbers;
  for (std::size_t at = 0; at < text.size(); at += digits)
    numbers.push_back(static_cast<Number>(std::stoul(text.substr(at, digits), nullptr, 16)));
  return numbers;
}

std::unique_ptr<const vqi::detail::IndexModel> make_model(const std::string& name,
                                                          const vqi::detail::CodebookView& codebook) {
  if (name == "fast") return make_index_model(vqi::Model::fast, codebook);
  if (name == "balanced") return make_index_model(vqi::Model::balanced, codebook);
  if (name == "max") return make_index_model(vqi::Model::max, codebook);
  FAIL("no model " << name);
  return nullptr;
}

}  // namespace

TEST_CASE("index models write and read the pinned strips") {
  std::ifstream file(VQI_CONFORMANCE_DIR "/index_model_vectors.txt");
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    std::string name, samples_hex, indices_hex, coded_hex;
    vqi::detail::CodebookView view;
    std::uint32_t width = 0;
    fields >> name >> view.k >> view.block_width_px >> view.block_height_px >> view.channels >> view.bit_depth >>
        width >> samples_hex >> indices_hex >> coded_hex;
    INFO(name << ", k " << view.k << ", width " << width);
    const std::vector<std::uint16_t> samples = from_hex<std::uint16_t>(samples_hex);
    view.samples = samples;
    const std::vector<std::uint16_t> indices = from_hex<std::uint16_t>(indices_hex);
    const std::vector<std::byte> coded = from_hex<std::byte>(coded_hex);
    const std::unique_ptr<const vqi::detail::IndexModel> model = make_model(name, view);
    CHECK(model->encode(indices, width, {}) == coded);
    std::vector<std::uint16_t> decoded(indices.size());
    CHECK(model->decode(coded, vqi::detail::StripBytes::complete, width, decoded, {}).ended);
    CHECK(decoded == indices);
    ++cases;
  }
  CHECK(cases == 32);
}
