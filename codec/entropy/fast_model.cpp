// The model "fast": its choice between maps with and without wide contexts, and the dispatch to a SIMD target.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fast_model.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "fast_map_coder-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace vqi {
namespace HWY_NAMESPACE {

void encode_fast_map(const CodewordGeometry& geometry, std::span<const std::uint16_t> indices, std::uint32_t width,
                     bool use_wide, const RowHook& between_rows, RansEncoder& coder) {
  FastMapCoder<SymbolWriter> map(geometry, use_wide, SymbolWriter{coder});
  static_cast<void>(map.run(indices.data(), indices.size() / width, width, between_rows));
}

bool decode_fast_map(const CodewordGeometry& geometry, std::span<std::uint16_t> indices, std::uint32_t width,
                     bool use_wide, const RowHook& between_rows, RansDecoder& coder) {
  FastMapCoder<SymbolReader> map(geometry, use_wide, SymbolReader{coder});
  return map.run(indices.data(), indices.size() / width, width, between_rows);
}

}  // namespace HWY_NAMESPACE
}  // namespace vqi
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "vqi/error.hpp"

namespace vqi {

HWY_EXPORT(encode_fast_map);
HWY_EXPORT(decode_fast_map);

namespace {

constexpr std::byte without_wide{0};
constexpr std::byte with_wide{1};

/// Wide contexts win up to a third on screens, where most neighbourhoods are flat, and nothing on
/// photographs, where they would cost a quarter of the time.
bool mostly_flat(std::span<const std::uint16_t> indices, std::uint32_t width) {
  std::size_t flat = 0;
  for (std::size_t i = std::size_t{width} + 1; i < indices.size(); ++i)
    if (indices[i - 1] == indices[i - width] && indices[i - width - 1] == indices[i - width] &&
        indices[i - width + 1] == indices[i - width])
      ++flat;
  return 2 * flat > indices.size();
}

class FastModel final : public IndexModel {
 public:
  explicit FastModel(const CodebookView& codebook) : geometry_(codebook) {}

  [[nodiscard]] std::vector<std::byte> encode(std::span<const std::uint16_t> indices, std::uint32_t map_width,
                                              const RowHook& between_rows) const override {
    const bool use_wide = mostly_flat(indices, map_width);
    RansEncoder coder;
    HWY_DYNAMIC_DISPATCH(encode_fast_map)(geometry_, indices, map_width, use_wide, between_rows, coder);
    std::vector<std::byte> bytes = coder.finish();
    bytes.insert(bytes.begin(), use_wide ? with_wide : without_wide);
    return bytes;
  }

  void decode(std::span<const std::byte> bytes, std::uint32_t map_width, std::span<std::uint16_t> indices,
              const RowHook& between_rows) const override {
    const bool known = !bytes.empty() && (bytes[0] == without_wide || bytes[0] == with_wide);
    if (known) {
      RansDecoder coder(bytes.subspan(1));
      if (!coder.overrun() &&
          HWY_DYNAMIC_DISPATCH(decode_fast_map)(geometry_, indices, map_width, bytes[0] == with_wide, between_rows,
                                                coder) &&
          coder.finished())
        return;
    }
    throw Error(ErrorCode::corrupt_indices, "indices break the rules of the model \"fast\"");
  }

  [[nodiscard]] std::uint64_t state_bytes(std::uint32_t map_width) const noexcept override {
    constexpr std::uint64_t distributions = 512 + 4096 + 8192 + 32768 + 4096 + 8192 + 8192 + 32768;
    constexpr std::uint64_t flags_and_cells = 1U << 20;
    return distributions * sizeof(std::int16_t) * 16 + flags_and_cells + std::uint64_t{map_width} * 16;
  }

 private:
  CodewordGeometry geometry_;
};

}  // namespace

std::unique_ptr<IndexModel> make_fast_model(const CodebookView& codebook) {
  return std::make_unique<FastModel>(codebook);
}

}  // namespace vqi
#endif
