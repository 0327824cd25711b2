// The names of the library's enumerators, as the command line and the reports spell them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vqi/options.hpp"
#include "vqi/report.hpp"

namespace vqi::tool {

// NAME_from_name gives no value for an unknown name.
[[nodiscard]] std::string_view coding_name(Coding coding) noexcept;
[[nodiscard]] std::optional<Coding> coding_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view model_name(Model model) noexcept;
[[nodiscard]] std::optional<Model> model_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view method_name(Method method) noexcept;
[[nodiscard]] std::optional<Method> method_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view covariance_name(Covariance covariance) noexcept;
[[nodiscard]] std::optional<Covariance> covariance_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view dither_name(Dither dither) noexcept;
[[nodiscard]] std::optional<Dither> dither_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view seeding_name(Seeding seeding) noexcept;
[[nodiscard]] std::optional<Seeding> seeding_from_name(std::string_view name) noexcept;
[[nodiscard]] std::string_view algorithm_name(TrainingAlgorithm algorithm) noexcept;
[[nodiscard]] std::string_view space_name(Space space) noexcept;
/// A hash in hexadecimal digits.
[[nodiscard]] std::string hash_text(const CodebookHash& hash);
/// A stage as an activity, such as "training".
[[nodiscard]] std::string_view stage_name(Stage stage) noexcept;
/// "grey", "grey+alpha", "RGB", "RGBA".
[[nodiscard]] std::string_view channels_name(std::uint32_t channels) noexcept;

}  // namespace vqi::tool
