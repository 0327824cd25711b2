// The class FastModel: its choice between strips with and without wide contexts, and the dispatch of its coder to a
// SIMD target: Highway compiles this file once for each.
#include "fast_model.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fast_model.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// After foreach_target.
#include "fast_coder-inl.hpp"

#include "decoding_alone.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {
namespace {

void encode_strip(const CodewordGeometry& geometry, std::span<const std::uint16_t> indices, std::uint32_t map_width,
                  bool use_wide, const RowHook& between_rows, RansEncoder& coder) {
  const auto run = [&](auto strip) {
    static_cast<void>(strip.run(indices.data(), indices.size() / map_width, map_width, [&](std::size_t) {
      if (between_rows) between_rows();
    }));
  };
  if (use_wide)
    run(FastCoder<SymbolWriter, true>(geometry, SymbolWriter{coder}));
  else
    run(FastCoder<SymbolWriter, false>(geometry, SymbolWriter{coder}));
}

std::size_t decode_strip(const CodewordGeometry& geometry, std::span<std::uint16_t> indices, std::uint32_t map_width,
                         bool use_wide, const DecodeHook& hook, RansDecoder& coder) {
  const auto run = [&](auto strip) {
    return strip.run(indices.data(), indices.size() / map_width, map_width, [&](std::size_t rows) {
      if (hook) hook(rows);
    });
  };
  return use_wide ? run(FastCoder<SymbolReader, true>(geometry, SymbolReader{coder}))
                  : run(FastCoder<SymbolReader, false>(geometry, SymbolReader{coder}));
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vqi::detail {

HWY_EXPORT(encode_strip);
HWY_EXPORT(decode_strip);

namespace {

static_assert(rans::state_count == rows_side_by_side);

constexpr std::byte without_wide{0};
constexpr std::byte with_wide{1};

/// Wide contexts save up to half of the bytes on screens, where flat neighbourhoods seldom end, and cost bytes on
/// photographs, where few wide contexts occur twice.
bool seldom_ends_flat(std::span<const std::uint16_t> indices, std::uint32_t map_width) {
  std::size_t flat = 0;
  std::size_t ended = 0;
  for (std::size_t y = 1; y < indices.size() / map_width; ++y) {
    const std::uint16_t* const row = indices.data() + y * map_width;
    const std::uint16_t* const above = row - map_width;
    std::uint32_t flat_of_row = 0;
    std::uint32_t ended_of_row = 0;
    for (std::uint32_t x = 1; x + 1 < map_width; ++x) {  // without branches, so that it vectorises
      const std::uint16_t n = above[x];
      const bool is_flat = ((row[x - 1] ^ n) | (above[x - 1] ^ n) | (above[x + 1] ^ n)) == 0;
      flat_of_row += is_flat ? 1 : 0;
      ended_of_row += is_flat && row[x] != n ? 1 : 0;
    }
    flat += flat_of_row;
    ended += ended_of_row;
  }
  constexpr std::size_t length_least = 170;
  return 2 * flat > indices.size() && length_least * ended < flat;
}

class FastModel final : public IndexModel {
 public:
  explicit FastModel(const CodebookView& codebook) : geometry_(codebook) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
#if defined(VQI_DECODING_ALONE)
    return refuse_to_encode(indices, map_width, between_rows);
#else
    const bool use_wide = seldom_ends_flat(indices, map_width);
    RansEncoder coder(indices.size() + indices.size() / 4);
    HWY_DYNAMIC_DISPATCH(encode_strip)(geometry_, indices, map_width, use_wide, between_rows, coder);
    return coder.finish(use_wide ? with_wide : without_wide);
#endif
  }

  [[nodiscard]] DecodedRows decode(std::span<const std::byte> bytes, StripBytes known, std::uint32_t map_width,
                                   std::span<std::uint16_t> indices, const DecodeHook& hook) const override {
    if (bytes.empty() || (bytes[0] != without_wide && bytes[0] != with_wide)) return {};
    std::span<const std::byte> coded = bytes.subspan(1);
    if (known == StripBytes::cut) coded = coded.first(coded.size() / rans::word_bytes * rans::word_bytes);
    RansDecoder coder(coded);
    if (!coder.intact()) return {};
    const std::size_t rows =
        HWY_DYNAMIC_DISPATCH(decode_strip)(geometry_, indices, map_width, bytes[0] == with_wide, hook, coder);
    return {rows, rows * map_width == indices.size() && coder.finished()};
  }

 private:
  CodewordGeometry geometry_;
};

}  // namespace

std::unique_ptr<const IndexModel> make_fast_model(const CodebookView& codebook) {
  return std::make_unique<FastModel>(codebook);
}

ModelMemory fast_memory(std::uint32_t k, std::uint32_t map_width) noexcept {
  return {CodewordGeometry::size_bytes(k), HWY_STATIC_DISPATCH(FastState::size_bytes)(map_width)};
}

}  // namespace vqi::detail
#endif  // HWY_ONCE
