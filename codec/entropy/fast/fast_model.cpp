// The model "fast": its choice between maps with and without wide contexts, and the dispatch to a SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fast_model.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "fast_map_coder-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi::detail {
namespace HWY_NAMESPACE {

void encode_fast_map(const CodewordGeometry& geometry, std::span<const std::uint16_t> indices, std::uint32_t width,
                     bool use_wide, const RowHook& between_rows, RansEncoder& coder) {
  const auto run = [&](auto map) {
    static_cast<void>(map.run(indices.data(), indices.size() / width, width, between_rows));
  };
  if (use_wide)
    run(FastMapCoder<SymbolWriter, true>(geometry, SymbolWriter{coder}));
  else
    run(FastMapCoder<SymbolWriter, false>(geometry, SymbolWriter{coder}));
}

bool decode_fast_map(const CodewordGeometry& geometry, std::span<std::uint16_t> indices, std::uint32_t width,
                     bool use_wide, const RowHook& between_rows, RansDecoder& coder) {
  const auto run = [&](auto map) { return map.run(indices.data(), indices.size() / width, width, between_rows); };
  return use_wide ? run(FastMapCoder<SymbolReader, true>(geometry, SymbolReader{coder}))
                  : run(FastMapCoder<SymbolReader, false>(geometry, SymbolReader{coder}));
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "vqi/error.hpp"

namespace vqi::detail {

HWY_EXPORT(encode_fast_map);
HWY_EXPORT(decode_fast_map);

namespace {

constexpr std::byte without_wide{0};
constexpr std::byte with_wide{1};

/// Wide contexts win up to a half on screens, where flat neighbourhoods seldom end, and lose on photographs, where they
/// meet little twice.
bool seldom_ends_flat(std::span<const std::uint16_t> indices, std::uint32_t width) {
  std::size_t flat = 0;
  std::size_t ended = 0;
  for (std::size_t y = 1; y < indices.size() / width; ++y) {
    const std::uint16_t* const row = indices.data() + y * width;
    const std::uint16_t* const above = row - width;
    std::uint32_t flat_of_row = 0;
    std::uint32_t ended_of_row = 0;
    for (std::uint32_t x = 1; x + 1 < width; ++x) {  // without branches, for vectors
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
    const bool use_wide = seldom_ends_flat(indices, map_width);
    RansEncoder coder(indices.size() + indices.size() / 4);
    HWY_DYNAMIC_DISPATCH(encode_fast_map)(geometry_, indices, map_width, use_wide, between_rows, coder);
    return coder.finish(use_wide ? with_wide : without_wide);
  }

  void decode(std::span<const std::byte> bytes, std::uint32_t map_width, std::span<std::uint16_t> indices,
              const RowHook& between_rows) const override {
    const bool known = !bytes.empty() && (bytes[0] == without_wide || bytes[0] == with_wide);
    if (known) {
      RansDecoder coder(bytes.subspan(1));
      if (coder.intact() &&
          HWY_DYNAMIC_DISPATCH(decode_fast_map)(geometry_, indices, map_width, bytes[0] == with_wide, between_rows,
                                                coder) &&
          coder.finished())
        return;
    }
    throw Error(ErrorCode::corrupt_indices, "indices break the rules of the model \"fast\"");
  }

  [[nodiscard]] std::uint64_t state_bytes(std::uint32_t map_width) const noexcept override {
    constexpr std::uint64_t distributions = 512 + 16384 + 32768 + 4096 + 8192 + 32768;
    constexpr std::uint64_t cells_and_places = 1U << 18;
    return distributions * 32 + cells_and_places + (std::uint64_t{map_width} + 4) * 12;
  }

 private:
  CodewordGeometry geometry_;
};

}  // namespace

std::unique_ptr<IndexModel> make_fast_model(const CodebookView& codebook) {
  return std::make_unique<FastModel>(codebook);
}

}  // namespace vqi::detail
#endif
