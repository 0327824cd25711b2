// Statuses, options and results of vqi.h, by themselves.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "vqi.h"
#include "vqi/error.hpp"
#include "vqi/settings.hpp"

TEST_CASE("every error code has a status of its number, with its name and its exit code") {
  constexpr int exit_codes[] = {2, 3, 4, 5, 6, 130};
  for (int code = 1; code <= static_cast<int>(vqi::ErrorCode::codebook_needed); ++code) {
    const auto status = static_cast<vqi_status>(code);
    const auto error = static_cast<vqi::ErrorCode>(code);
    CHECK(vqi_status_name(status) == std::string(vqi::error_code_name(error)));
    CHECK(vqi_status_exit_code(status) == exit_codes[static_cast<int>(vqi::error_class(error))]);
  }
  CHECK(static_cast<int>(vqi::ErrorCode::codebook_needed) == VQI_CODEBOOK_NEEDED);  // the last of both
  CHECK(static_cast<int>(vqi::ErrorCode::checksum_mismatch) == VQI_CHECKSUM_MISMATCH);
  CHECK(static_cast<int>(vqi::ErrorCode::cancelled) == VQI_CANCELLED);
  CHECK(vqi_status_name(VQI_OK) == std::string("ok"));
  CHECK(vqi_status_name(static_cast<vqi_status>(77)) == std::string("unknown"));
  std::set<std::string> own;
  for (const vqi_status status : {VQI_INVALID_ARGUMENT, VQI_BUFFER_TOO_SMALL, VQI_OUT_OF_MEMORY, VQI_INTERNAL_ERROR})
    own.insert(vqi_status_name(status));
  CHECK(own.size() == 4);
  CHECK(vqi_status_exit_code(VQI_OK) == 0);
}

TEST_CASE("the version is that of the headers") {
  CHECK(vqi_version() == std::string(VQI_VERSION));
  CHECK(vqi_version_number() == VQI_VERSION_NUMBER);
}

TEST_CASE("options are named, set and copied, and what is wrong is told") {
  vqi_options* options = nullptr;
  REQUIRE(vqi_options_new("compress", &options) == VQI_OK);
  CHECK(vqi_options_set(options, "k", "64") == VQI_OK);
  CHECK(vqi_options_set(options, "lossless", nullptr) == VQI_OK);
  CHECK(vqi_options_set(options, "k", "0") == VQI_INVALID_OPTION);
  CHECK(vqi_error_message() == std::string("-k \"0\" is out of range, give a whole number from 1 to 65536"));
  CHECK(vqi_options_set(options, nullptr, "0") == VQI_INVALID_ARGUMENT);
  CHECK(vqi_options_set(nullptr, "k", "1") == VQI_INVALID_ARGUMENT);
  vqi_options* copy = nullptr;
  CHECK(vqi_options_copy(options, &copy) == VQI_OK);
  vqi_options_free(options);
  CHECK(vqi_options_set(copy, "k", "2") == VQI_OK);
  vqi_options_free(copy);
  vqi_options_free(nullptr);
  CHECK(vqi_options_new("pack", &options) == VQI_INVALID_OPTION);
  CHECK(options == nullptr);
  CHECK(vqi_options_new(nullptr, &options) == VQI_INVALID_ARGUMENT);
}

TEST_CASE("the names of options can be listed, and which are flags") {
  const std::vector<std::string> expected = vqi::option_names(vqi::Command::quantize);
  std::size_t i = 0;
  for (; vqi_option_name("quantize", i) != nullptr; ++i) CHECK(vqi_option_name("quantize", i) == expected.at(i));
  CHECK(i == expected.size());
  CHECK(vqi_option_name("pack", 0) == nullptr);
  CHECK(vqi_option_is_flag("quantize", "--strip") == 1);
  CHECK(vqi_option_is_flag("quantize", "-k") == 0);
  CHECK(vqi_option_is_flag("quantize", "nothing") == 0);
}

TEST_CASE("codebooks and weights are of some commands alone, and a wrong codebook is refused") {
  vqi_options* options = nullptr;
  REQUIRE(vqi_options_new("train", &options) == VQI_OK);
  const unsigned char grey[4] = {1, 2, 3, 4};
  const vqi_image mask = {grey, nullptr, 0, 2, 2, 1, 8};
  CHECK(vqi_options_set_weights(options, &mask) == VQI_INVALID_ARGUMENT);
  vqi_options_free(options);
  REQUIRE(vqi_options_new("compress", &options) == VQI_OK);
  CHECK(vqi_options_set_weights(options, &mask) == VQI_OK);
  CHECK(vqi_options_set_weights(options, nullptr) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_options_set_codebook(options, "nothing", 7) == VQI_BAD_MAGIC);
  vqi_options_free(options);
}

TEST_CASE("a result without bytes or image says so, and errors that are set are cut at 1023 bytes") {
  CHECK(vqi_result_bytes(nullptr, nullptr) == nullptr);
  vqi_image image;
  CHECK(vqi_result_image(nullptr, &image) == VQI_INVALID_ARGUMENT);
  CHECK(vqi_result_json(nullptr) == std::string("{}"));
  std::size_t size = 1;
  CHECK(vqi_result_copy_bytes(nullptr, nullptr, 0, &size) == VQI_INVALID_ARGUMENT);
  CHECK(size == 0);
  const std::uint64_t at = 12;
  CHECK(vqi_set_error(VQI_IO_FAILED, std::string(3000, 'x').c_str(), &at) == VQI_IO_FAILED);
  CHECK(vqi_error_message() == std::string(1023, 'x'));
  std::uint64_t offset = 0;
  CHECK(vqi_error_offset(&offset) == 1);
  CHECK(offset == 12);
  vqi_result_free(nullptr);
}
