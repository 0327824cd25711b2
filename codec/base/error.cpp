// Error, its codes, classes and category.
#include "vqi/error.hpp"

#include <array>
#include <utility>

namespace vqi {
namespace {

struct CodeEntry {
  ErrorCode code;
  ErrorClass error_class;
  std::string_view name;
};

constexpr std::array code_table{
    CodeEntry{ErrorCode::invalid_image, ErrorClass::argument, "invalid_image"},
    CodeEntry{ErrorCode::invalid_option, ErrorClass::argument, "invalid_option"},
    CodeEntry{ErrorCode::output_exists, ErrorClass::argument, "output_exists"},
    CodeEntry{ErrorCode::not_an_image, ErrorClass::data, "not_an_image"},
    CodeEntry{ErrorCode::corrupt_image, ErrorClass::data, "corrupt_image"},
    CodeEntry{ErrorCode::truncated, ErrorClass::data, "truncated"},
    CodeEntry{ErrorCode::bad_magic, ErrorClass::data, "bad_magic"},
    CodeEntry{ErrorCode::unsupported_version, ErrorClass::data, "unsupported_version"},
    CodeEntry{ErrorCode::reserved_set, ErrorClass::data, "reserved_set"},
    CodeEntry{ErrorCode::corrupt_header, ErrorClass::data, "corrupt_header"},
    CodeEntry{ErrorCode::corrupt_section, ErrorClass::data, "corrupt_section"},
    CodeEntry{ErrorCode::corrupt_codebook, ErrorClass::data, "corrupt_codebook"},
    CodeEntry{ErrorCode::corrupt_indices, ErrorClass::data, "corrupt_indices"},
    CodeEntry{ErrorCode::checksum_mismatch, ErrorClass::data, "checksum_mismatch"},
    CodeEntry{ErrorCode::trailing_bytes, ErrorClass::data, "trailing_bytes"},
    CodeEntry{ErrorCode::limit_exceeded, ErrorClass::limit, "limit_exceeded"},
    CodeEntry{ErrorCode::io_failed, ErrorClass::environment, "io_failed"},
    CodeEntry{ErrorCode::target_unreachable, ErrorClass::target, "target_unreachable"},
    CodeEntry{ErrorCode::cancelled, ErrorClass::cancelled, "cancelled"},
    CodeEntry{ErrorCode::verification_failed, ErrorClass::environment, "verification_failed"},
    CodeEntry{ErrorCode::corrupt_palette, ErrorClass::data, "corrupt_palette"},
    CodeEntry{ErrorCode::codebook_needed, ErrorClass::argument, "codebook_needed"},
};

const CodeEntry* find_entry(ErrorCode code) noexcept {
  for (const CodeEntry& entry : code_table)
    if (entry.code == code) return &entry;
  return nullptr;
}

class Category final : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "vqi"; }
  [[nodiscard]] std::string message(int value) const override {
    return std::string(error_code_name(static_cast<ErrorCode>(value)));
  }
};

}  // namespace

ErrorClass error_class(ErrorCode code) noexcept {
  const CodeEntry* entry = find_entry(code);
  return entry != nullptr ? entry->error_class : ErrorClass::environment;
}

std::string_view error_code_name(ErrorCode code) noexcept {
  const CodeEntry* entry = find_entry(code);
  return entry != nullptr ? entry->name : "unknown";
}

const std::error_category& error_category() noexcept {
  static const Category category;
  return category;
}

std::error_code make_error_code(ErrorCode code) noexcept { return {static_cast<int>(code), error_category()}; }

Error::Error(ErrorCode code, std::string message, std::optional<std::uint64_t> offset)
    : std::system_error(make_error_code(code)),
      code_(code),
      message_(std::make_shared<const std::string>(std::move(message))),
      offset_(offset) {}

Error::Error(Limit limit, std::string message) : Error(ErrorCode::limit_exceeded, std::move(message)) {
  limit_ = limit;
}

// The first virtual function that is not inline: its file holds the class's vtable and type information.
const char* Error::what() const noexcept { return message_ != nullptr ? message_->c_str() : ""; }

}  // namespace vqi
