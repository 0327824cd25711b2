// Prints what this machine makes of the frozen files and of twenty encodes, so that machines can be compared: a line
// for each, with a hash of pixels or bytes. Usage: portable_probe CONFORMANCE-FOLDER
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "vqi/codec.hpp"
#include "vqi/settings.hpp"

namespace {

using Options = std::vector<std::pair<const char*, const char*>>;

/// FNV-1a of 64 bits.
class Hash {
 public:
  void add(unsigned byte) noexcept { value_ = (value_ ^ byte) * 0x100000001B3U; }
  [[nodiscard]] unsigned long long value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

unsigned long long hash_of(const std::vector<std::byte>& bytes) {
  Hash hash;
  for (const std::byte byte : bytes) hash.add(static_cast<unsigned>(byte));
  return hash.value();
}

/// Of samples as numbers, so that the order of their bytes in memory does not matter.
unsigned long long hash_of(const vqi::Image& image) {
  Hash hash;
  for (std::uint32_t y = 0; y < image.height_px(); ++y)
    for (std::uint32_t i = 0; i < image.width_px() * image.channels(); ++i) {
      const unsigned sample = image.bit_depth() == 16 ? image.row16(y)[i] : static_cast<unsigned>(image.row(y)[i]);
      hash.add(sample & 0xFFU);
      if (image.bit_depth() == 16) hash.add(sample >> 8);
    }
  return hash.value();
}

/// Gradients, a disc and noise; alpha is 0, full and between.
vqi::Image made_image(std::uint32_t width, std::uint32_t height, std::uint32_t channels, std::uint32_t bit_depth) {
  vqi::Image image(width, height, channels, bit_depth);
  const std::uint32_t most = bit_depth == 16 ? 65535 : 255;
  std::uint32_t state = width * 31 + channels;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t i = 0; i < width * channels; ++i) {
      state = state * 1664525U + 1013904223U;
      const std::uint32_t x = i / channels;
      const std::uint32_t c = i % channels;
      const bool in_disc =
          9 * ((x - width / 3) * (x - width / 3) + (y - height / 2) * (y - height / 2)) < height * height;
      std::uint32_t share = x * (c + 1) * 64 / width + y * (4 - c) * 24 / height + (in_disc ? 60 : 0) + (state >> 28);
      if (channels % 2 == 0 && c == channels - 1) share = in_disc ? 255 : 2 * x * 128 / width;
      const std::uint32_t sample = share * most / 255 > most ? most : share * most / 255;
      if (bit_depth == 16)
        image.row16(y)[i] = static_cast<std::uint16_t>(sample);
      else
        image.row(y)[i] = static_cast<std::byte>(sample);
    }
  return image;
}

std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

void print_files(const std::string& folder, const char* list) {
  std::ifstream lines(folder + "/" + list);
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find(' '));
    if (name.empty() || name == "#") continue;
    const std::vector<std::byte> bytes = read_bytes(folder + "/files/" + name);
    try {
      std::printf("%s %016llx\n", name.c_str(), hash_of(vqi::decode(bytes)));
    } catch (const vqi::Error& error) {
      const std::string code(vqi::error_code_name(error.error_code()));
      std::printf("%s %s %lld\n", name.c_str(), code.c_str(),
                  error.offset() ? static_cast<long long>(*error.offset()) : -1);
    }
  }
}

void print_encode(const vqi::Image& image, const Options& options) {
  vqi::Settings settings;
  std::string words;
  for (const auto& [name, value] : options) {
    vqi::set_option(settings, name, value);
    words += std::string(" ") + name + " " + value;
  }
  const vqi::Encoded encoded = vqi::compress(image, settings);
  std::printf("%ux%ux%u%s: %zu bytes %016llx, decoded %016llx\n", image.width_px(), image.channels(), image.bit_depth(),
              words.c_str(), encoded.bytes.size(), hash_of(encoded.bytes), hash_of(vqi::decode(encoded.bytes)));
}

void print_encodes() {
  const vqi::Image colour = made_image(96, 64, 3, 8);
  const vqi::Image alpha = made_image(80, 60, 4, 8);
  const vqi::Image grey = made_image(70, 50, 1, 8);
  const vqi::Image wide = made_image(48, 40, 3, 16);
  const vqi::Image wide_alpha = made_image(40, 32, 2, 16);
  const std::vector<Options> of_colour{
      {},
      {{"k", "8"}, {"effort", "1"}},
      {{"k", "64"}, {"model", "fast"}},
      {{"k", "64"}, {"model", "max"}, {"effort", "9"}},
      {{"k", "37"}, {"coding", "packed"}},
      {{"k", "16"}, {"block", "2x2"}},
      {{"k", "12"}, {"method", "em"}},
      {{"k", "12"}, {"method", "anneal"}},
      {{"k", "32"}, {"method", "ecvq"}, {"effort", "3"}},
      {{"psnr", "33"}, {"method", "kmeans"}},
      {{"k", "16"}, {"dither", "diffusion"}},
      {{"k", "16"}, {"space", "oklab"}, {"fix", "#f00"}},
      {{"palette", "#000,#fff,#808080,orange"}, {"dither", "bayer"}},
  };
  for (const Options& options : of_colour) print_encode(colour, options);
  print_encode(alpha, {{"k", "24"}});
  print_encode(alpha, {{"k", "16"}, {"block", "3x2"}, {"seed", "7"}});
  print_encode(grey, {{"k", "20"}});
  print_encode(grey, {{"lossless", ""}});
  print_encode(wide, {{"k", "40"}});
  print_encode(wide, {{"k", "8"}, {"block", "4x4"}, {"method", "ecvq"}});
  print_encode(wide_alpha, {{"k", "10"}});
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  try {
    print_files(arguments[1], "manifest.txt");
    print_files(arguments[1], "rejected.txt");
    print_encodes();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
