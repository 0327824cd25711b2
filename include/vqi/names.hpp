// The names of the library's enumerators, as the command line and the reports spell them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vqi/export.hpp"
#include "vqi/gap.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/run_options.hpp"

namespace vqi {

/// The names of values in files, in JSON and on the command line. NAME_from_name gives no value for an unknown name.
/// @{
[[nodiscard]] VQI_API std::string_view coding_name(Coding coding) noexcept;
[[nodiscard]] VQI_API std::optional<Coding> coding_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view model_name(Model model) noexcept;
[[nodiscard]] VQI_API std::optional<Model> model_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view method_name(Method method) noexcept;
[[nodiscard]] VQI_API std::optional<Method> method_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view covariance_name(Covariance covariance) noexcept;
[[nodiscard]] VQI_API std::optional<Covariance> covariance_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view dither_name(Dither dither) noexcept;
[[nodiscard]] VQI_API std::optional<Dither> dither_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view seeding_name(Seeding seeding) noexcept;
[[nodiscard]] VQI_API std::optional<Seeding> seeding_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view algorithm_name(TrainingAlgorithm algorithm) noexcept;
[[nodiscard]] VQI_API std::string_view space_name(Space space) noexcept;
[[nodiscard]] VQI_API std::optional<Space> space_from_name(std::string_view name) noexcept;
/// @}
/// Names of the gap statistic, from R's package cluster: rules from maxSE, boxes from the spaces of clusGap.
/// @{
[[nodiscard]] VQI_API std::string_view gap_rule_name(cluster::GapRule rule) noexcept;
[[nodiscard]] VQI_API std::optional<cluster::GapRule> gap_rule_from_name(std::string_view name) noexcept;
[[nodiscard]] VQI_API std::string_view gap_box_name(cluster::GapBox box) noexcept;
[[nodiscard]] VQI_API std::optional<cluster::GapBox> gap_box_from_name(std::string_view name) noexcept;
/// @}
/// A hash in hexadecimal digits.
[[nodiscard]] VQI_API std::string hash_text(const CodebookHash& hash);
/// A stage as an activity, such as "training".
[[nodiscard]] VQI_API std::string_view stage_name(Stage stage) noexcept;
/// "grey", "grey+alpha", "RGB", "RGBA".
[[nodiscard]] VQI_API std::string_view channels_name(std::uint32_t channels) noexcept;

}  // namespace vqi
