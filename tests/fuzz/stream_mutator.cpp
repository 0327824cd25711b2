// One change of a stream at a time: of a header field, a payload, or the list of sections.
#include "stream_mutator.hpp"

#include <array>
#include <optional>
#include <utility>

#include "bytes.hpp"
#include "honest_stream.hpp"
#include "loose_stream.hpp"
#include "sections.hpp"

namespace vqi::fuzz {
using namespace detail;
namespace {

struct Field {
  std::size_t offset;
  std::size_t size;
};
/// FORMAT.md, "Fixed header": every field after the magic, the reserved ones included.
constexpr std::array header_fields{Field{8, 1},  Field{9, 1},  Field{10, 2}, Field{12, 4}, Field{16, 4}, Field{20, 1},
                                   Field{21, 1}, Field{22, 1}, Field{23, 1}, Field{24, 4}, Field{28, 1}, Field{29, 3},
                                   Field{32, 4}, Field{36, 4}, Field{40, 8}, Field{48, 4}, Field{52, 4}, Field{56, 4}};

/// The types of sections that FORMAT.md defines, and one that no version knows.
constexpr std::array<std::string_view, 10> types{"CBOK", "STRP", "INDX", "END ", "gAMA",
                                                 "cHRM", "sRGB", "iCCP", "pHYs", "teSt"};

void change_header_field(std::vector<std::byte>& header, Mutation& mutation) {
  const Field field = header_fields[mutation.below(header_fields.size())];
  std::byte* const at = header.data() + field.offset;
  const std::uint64_t value = load_le(at, field.size);
  switch (mutation.below(4)) {
    case 0:
      return store_le(at, value + 1, field.size);
    case 1:
      return store_le(at, value - 1, field.size);
    case 2:
      return store_le(at, mutation.below(64), field.size);
    default:
      return store_le(at, value ^ std::uint64_t{1} << mutation.below(8 * field.size), field.size);
  }
}

void change_sections(std::vector<LooseSection>& sections, Mutation& mutation) {
  const std::size_t at = mutation.below(sections.size());
  switch (mutation.below(5)) {
    case 0:
      sections.erase(sections.begin() + static_cast<std::ptrdiff_t>(at));
      return;
    case 1: {
      LooseSection copy = sections[at];
      sections.insert(sections.begin() + static_cast<std::ptrdiff_t>(mutation.below(sections.size())), std::move(copy));
      return;
    }
    case 2:
      return std::swap(sections[at], sections[mutation.below(sections.size())]);
    case 3: {
      const std::string_view type = types[mutation.below(types.size())];
      for (std::size_t i = 0; i < type.size(); ++i) sections[at].type[i] = static_cast<std::byte>(type[i]);
      return;
    }
    default:
      sections[at].flags ^= static_cast<std::uint16_t>(1U << (mutation.one_in(8) ? mutation.below(16) : 0));
  }
}

/// Takes away what is at the end, or flips a bit: damage that no checksum is made to fit.
void damage(Bytes& stream, Mutation& mutation) {
  if (stream.empty()) return;
  if (mutation.one_in(2)) return stream.resize(mutation.below(stream.size()));
  stream[mutation.below(stream.size())] ^= static_cast<std::byte>(1U << mutation.below(8));
}

}  // namespace

void mutate_stream(Bytes& stream, Mutation& mutation) {
  if (mutation.one_in(16)) return mutation.change(stream);
  if (mutation.one_in(16)) return damage(stream, mutation);
  if (mutation.one_in(24))
    if (Bytes honest = honest_stream(mutation); !honest.empty()) {
      stream = std::move(honest);
      if (mutation.one_in(3)) damage(stream, mutation);
      return;
    }
  std::optional<LooseStream> parts = split_stream(stream);
  if (!parts || parts->sections.empty()) return mutation.change(stream);
  switch (mutation.below(6)) {
    case 0:
      mutation.change_in_place(parts->header);
      break;
    case 1:
    case 2:
      for (std::size_t changes = 1 + mutation.below(3); changes > 0; --changes)
        change_header_field(parts->header, mutation);
      break;
    case 3:
      change_sections(parts->sections, mutation);
      break;
    default: {
      std::vector<std::byte>& payload = parts->sections[mutation.below(parts->sections.size())].payload;
      mutation.one_in(2) ? mutation.change(payload) : mutation.change_in_place(payload);
    }
  }
  if (!mutation.one_in(4)) fit_to_header(*parts, mutation.size_max() / 2);
  stream = join_stream(std::move(*parts));
}

}  // namespace vqi::fuzz
