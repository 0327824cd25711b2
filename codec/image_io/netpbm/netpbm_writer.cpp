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

std::string header_of(const ImageView& image, std::string_view extension) {
  return extension == ".pam" ? pam_header(image) : pnm_header(image);
}

/// Puts the samples of rows, one after the other, as they lie in a file.
void put_rows(const ImageView& rows, std::byte* target) {
  for (std::uint32_t y = 0; y < rows.height_px; ++y, target += rows.row_bytes()) {
    if (rows.bit_depth == 8) {
      std::memcpy(target, rows.row(y), rows.row_bytes());
      continue;
    }
    const auto* samples = reinterpret_cast<const std::uint16_t*>(rows.row(y));
    for (std::size_t i = 0; i < rows.row_bytes() / 2; ++i) {
      target[2 * i] = static_cast<std::byte>(samples[i] >> 8);
      target[2 * i + 1] = static_cast<std::byte>(samples[i] & 0xFF);
    }
  }
}

}  // namespace

std::vector<std::byte> write_netpbm(const ImageView& image, std::string_view extension, const RunOptions& run) {
  const std::string header = header_of(image, extension);
  const std::uint64_t file_bytes = header.size() + std::uint64_t{image.row_bytes()} * image.height_px;
  check_memory_limit(file_bytes, run, "writing the image");
  std::vector<std::byte> file(static_cast<std::size_t>(file_bytes));
  std::memcpy(file.data(), header.data(), header.size());
  RowProgress progress(run.progress, Stage::write, image.height_px);
  progress.in_bands(image.height_px, [&](std::uint32_t begin, std::uint32_t end) {
    ImageView rows = image;
    rows.samples = image.row(begin);
    rows.height_px = end - begin;
    put_rows(rows, file.data() + header.size() + image.row_bytes() * begin);
  });
  return file;
}

std::uint64_t write_netpbm_rows(const RowGiver& image, const ByteSink& file, std::string_view extension) {
  std::uint64_t size_bytes = 0;
  std::vector<std::byte> band;
  image({[&](const ImageView& type) {
           const std::string header = header_of(type, extension);
           file.write_at(0, std::as_bytes(std::span(header)));
           size_bytes = header.size();
         },
         [&](std::uint32_t, const ImageView& rows) {
           band.resize(rows.row_bytes() * rows.height_px);
           put_rows(rows, band.data());
           file.write_at(size_bytes, band);
           size_bytes += band.size();
         }});
  return size_bytes;
}

}  // namespace vqi::detail
