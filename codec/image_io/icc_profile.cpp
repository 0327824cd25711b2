// Size, signature and colour space of a profile are checked; what it computes is left to those who apply it.
#include "icc_profile.hpp"

#include "byte_window.hpp"

namespace vqi::detail {
namespace {

constexpr std::size_t min_profile_bytes = 132;  // ICC.1: 128 bytes of header and the tag count

}  // namespace

bool icc_profile_fits(std::span<const std::byte> profile, bool is_colour) noexcept {
  return profile.size() >= min_profile_bytes && ByteWindow(profile, "ICC profile").has(16, is_colour ? "RGB " : "GRAY");
}

const char* icc_profile_fault(std::span<const std::byte> profile, bool is_colour) noexcept {
  if (profile.size() < min_profile_bytes) return "it is too short";
  const ByteWindow window(profile, "ICC profile");
  if (window.be32(0) != profile.size() || !window.has(36, "acsp")) return "it is not an ICC profile";
  if (!icc_profile_fits(profile, is_colour)) return "it is for another kind of image";
  return nullptr;
}

void keep_icc_profile(std::span<const std::byte> profile, ReadImage& read) {
  if (const char* fault = icc_profile_fault(profile, read.image.channels() > 2)) return drop_icc_profile(fault, read);
  read.image.metadata().icc_profile = IccProfile{"ICC profile", {profile.begin(), profile.end()}};
}

void drop_icc_profile(std::string_view fault, ReadImage& read) {
  read.dropped.emplace_back("ICC profile");
  read.warnings.push_back("the " + read.format + "'s ICC profile is left out: " + std::string(fault));
}

}  // namespace vqi::detail
