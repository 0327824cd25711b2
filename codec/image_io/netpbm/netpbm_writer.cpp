// A header in text, then the samples, of two bytes in big-endian order.
#include "netpbm_writer.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "read_limits.hpp"
#include "row_progress.hpp"

namespace vqi::detail {
namespace {

std::string pam_header(const ImageView& image) {
  constexpr std::array types{"GRAYSCALE", "GRAYSCALE_ALPHA", "RGB", "RGB_ALPHA"};
  return "P7\nWIDTH " + std::to_string(image.width_px) + "\nHEIGHT " + std::to_string(image.height_px) + "\nDEPTH " +
         std::to_string(image.channels) + "\nMAXVAL " + std::to_string(image.max_value()) + "\nTUPLTYPE " +
         types.at(image.channels - 1) + "\nENDHDR\n";
}

std::string pnm_header(const ImageView& image) {
  return std::string(image.channels == 1 ? "P5" : "P6") + "\n" + std::to_string(image.width_px) + " " +
         std::to_string(image.height_px) + "\n" + std::to_string(image.max_value()) + "\n";
}

}  // namespace

std::vector<std::byte> write_netpbm(const ImageView& image, std::string_view extension, const RunOptions& run) {
  const std::string header = extension == ".pam" ? pam_header(image) : pnm_header(image);
  const std::uint64_t file_bytes = header.size() + std::uint64_t{image.row_bytes()} * image.height_px;
  check_memory_limit(file_bytes, run, "writing the image");
  std::vector<std::byte> file(static_cast<std::size_t>(file_bytes));
  std::memcpy(file.data(), header.data(), header.size());
  std::byte* target = file.data() + header.size();
  RowProgress progress(run.progress, Stage::write, image.height_px);
  progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t y = begin; y < end; ++y, target += image.row_bytes()) {
      if (image.bit_depth == 8) {
        std::memcpy(target, image.row(y), image.row_bytes());
        continue;
      }
      const auto* samples = reinterpret_cast<const std::uint16_t*>(image.row(y));
      for (std::size_t i = 0; i < image.row_bytes() / 2; ++i) {
        target[2 * i] = static_cast<std::byte>(samples[i] >> 8);
        target[2 * i + 1] = static_cast<std::byte>(samples[i] & 0xFF);
      }
    }
  });
  return file;
}

}  // namespace vqi::detail
