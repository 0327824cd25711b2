// Decoding and inspecting for JavaScript: numbers in arrays, so that the module for decoding alone needs neither
// options as text nor reports as JSON.
#include <array>
#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vqi.h"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"

namespace {

/// What the last call made: a module has one thread, and JavaScript copies what it wants at once.
vqi::Image decoded;
std::vector<double> facts;
std::string damage;

std::span<const std::byte> bytes_of(const void* bytes, std::size_t size) {
  return {static_cast<const std::byte*>(bytes), size};
}

/// Calls call() and turns what it throws into the error that vqi_error_message() tells.
template <typename Call>
vqi_status guarded(const Call& call) noexcept {
  try {
    call();
    return VQI_OK;
  } catch (const vqi::Error& error) {
    const std::optional<std::uint64_t> offset = error.offset();
    return vqi_set_error(static_cast<vqi_status>(error.error_code()), error.what(), offset ? &*offset : nullptr);
  } catch (const std::bad_alloc&) {
    return vqi_set_error(VQI_OUT_OF_MEMORY, "memory is used up, take a smaller image", nullptr);
  } catch (const std::exception& error) {
    return vqi_set_error(VQI_INTERNAL_ERROR, error.what(), nullptr);
  }
}

/// NaN stands for what is not there.
double or_nan(std::optional<double> value) { return value.value_or(__builtin_nan("")); }

void add_section(const vqi::SectionInfo& section) {
  for (std::size_t i = 0; i < 4; ++i)
    facts.push_back(i < section.type.size() ? static_cast<unsigned char>(section.type[i]) : ' ');
  facts.push_back(static_cast<double>(section.offset));
  facts.push_back(static_cast<double>(section.bytes));
  facts.push_back(section.crc_ok ? 1 : 0);
}

/// In the order that facts.js reads them.
void set_facts(const vqi::StreamInfo& info) {
  const double model = info.model ? static_cast<double>(*info.model) : -1;
  facts = {static_cast<double>(info.width_px),
           static_cast<double>(info.height_px),
           static_cast<double>(info.channels),
           static_cast<double>(info.bit_depth),
           static_cast<double>(info.raw_bytes),
           static_cast<double>(info.bytes.file),
           static_cast<double>(info.bytes.header),
           static_cast<double>(info.bytes.codebook),
           static_cast<double>(info.bytes.index),
           static_cast<double>(info.bytes.metadata),
           info.ratio,
           info.bpp,
           info.index_bpp,
           static_cast<double>(info.k),
           static_cast<double>(info.block_width_px),
           static_cast<double>(info.block_height_px),
           static_cast<double>(info.coding),
           model,
           info.mse,
           or_nan(info.psnr_db),
           info.restore ? static_cast<double>(info.restore->strength) : 0,
           info.restore ? info.restore->gain_db : 0,
           static_cast<double>(info.format_major),
           static_cast<double>(info.format_minor)};
  facts.push_back(static_cast<double>(info.sections.size()));
  for (const vqi::SectionInfo& section : info.sections) add_section(section);
  facts.push_back(info.codebook_hash ? 1 : 0);
  if (info.codebook_hash)
    for (const std::uint8_t byte : *info.codebook_hash) facts.push_back(byte);
  facts.push_back(info.damage ? static_cast<double>(info.damage->error_code()) : 0);
  const std::optional<std::uint64_t> offset = info.damage ? info.damage->offset() : std::nullopt;
  facts.push_back(offset ? static_cast<double>(*offset) : or_nan({}));
  damage = info.damage ? info.damage->what() : "";
}

}  // namespace

extern "C" {

/// Decodes a stream, or the rectangle {x, y, width, height} of it; `codebook` is a .vqb file for detached streams.
/// `max_pixels` 0: the default limit.
vqi_status vqi_web_decode(const void* bytes, std::size_t size, const void* codebook, std::size_t codebook_size,
                          const std::uint32_t* rectangle, double max_pixels) {
  return guarded([&] {
    vqi::DecodeLimits limits;
    if (max_pixels > 0) limits.max_pixels = static_cast<std::uint64_t>(max_pixels);
    std::span<const std::byte> stream = bytes_of(bytes, size);
    std::vector<std::byte> attached;
    if (codebook != nullptr) {
      attached = vqi::attach_codebook(stream, vqi::read_codebook(bytes_of(codebook, codebook_size)));
      stream = attached;
    }
    decoded = {};
    decoded = rectangle == nullptr
                  ? vqi::decode(stream, limits)
                  : vqi::decode_region(stream, rectangle[0], rectangle[1], rectangle[2], rectangle[3], limits);
  });
}

/// {address of the samples, width, height, channels, bit depth} of what was decoded.
const std::uint32_t* vqi_web_image(void) {
  static std::array<std::uint32_t, 5> shape;
  shape = {static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(decoded.samples().data())), decoded.width_px(),
           decoded.height_px(), decoded.channels(), decoded.bit_depth()};
  return shape.data();
}

void vqi_web_free_image(void) { decoded = {}; }

vqi_status vqi_web_inspect(const void* bytes, std::size_t size) {
  return guarded([&] { set_facts(vqi::inspect(bytes_of(bytes, size))); });
}

const double* vqi_web_facts(void) { return facts.data(); }
const char* vqi_web_damage(void) { return damage.c_str(); }

}  // extern "C"
