// Asks the stream whether it needs a codebook, and puts it in.
#include "detached_input.hpp"

#include "colour_files.hpp"
#include "vqi/codec.hpp"
#include "vqi/names.hpp"

namespace vqi::tool {
namespace {

/// What the stream says of itself; none if its header is damaged, which decoding reports.
std::optional<StreamInfo> info_of(std::span<const std::byte> stream) {
  try {
    DecodeLimits unlimited;
    unlimited.max_pixels = ~std::uint64_t{0};
    unlimited.max_side_px = ~std::uint32_t{0};
    return inspect(stream, unlimited);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<Codebook> codebook_of(const std::optional<std::string>& name, const CommonOptions& options) {
  if (!name) return std::nullopt;
  return read_codebook_file(*name, options);
}

std::vector<std::byte> with_codebook(std::span<const std::byte> stream, const std::optional<Codebook>& codebook) {
  const std::optional<StreamInfo> info = info_of(stream);
  if (!info) return {};
  const std::optional<CodebookHash>& hash = info->codebook_hash;
  if (!hash && codebook && !info->damage)
    throw Error(ErrorCode::invalid_option, "the file has a codebook of its own, leave out --codebook");
  if (!hash) return {};
  const std::string advice = ", give it with --codebook BOOK.vqb";
  if (!codebook)
    throw Error(ErrorCode::codebook_needed,
                "the file has no codebook of its own and needs the one with the hash " + hash_text(*hash) + advice);
  try {
    return attach_codebook(stream, *codebook);
  } catch (const Error& error) {
    if (error.error_code() != ErrorCode::codebook_needed) throw;
    throw Error(error.error_code(), error.what() + advice);
  }
}

}  // namespace vqi::tool
