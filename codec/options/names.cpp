// Translates enumerators to names and back.
#include "vqi/names.hpp"

#include <array>

namespace vqi {

std::string_view coding_name(Coding coding) noexcept {
  switch (coding) {
    case Coding::packed:
      return "packed";
    case Coding::entropy:
      return "entropy";
    case Coding::automatic:
      return "auto";
  }
  return "unknown";
}

std::optional<Coding> coding_from_name(std::string_view name) noexcept {
  for (const Coding coding : {Coding::packed, Coding::entropy, Coding::automatic})
    if (coding_name(coding) == name) return coding;
  return std::nullopt;
}

std::string_view model_name(Model model) noexcept {
  switch (model) {
    case Model::fast:
      return "fast";
    case Model::balanced:
      return "balanced";
    case Model::max:
      return "max";
  }
  return "unknown";
}

std::optional<Model> model_from_name(std::string_view name) noexcept {
  for (const Model model : {Model::fast, Model::balanced, Model::max})
    if (model_name(model) == name) return model;
  return std::nullopt;
}

std::string_view method_name(Method method) noexcept {
  switch (method) {
    case Method::kmeans:
      return "kmeans";
    case Method::ecvq:
      return "ecvq";
    case Method::em:
      return "em";
    case Method::anneal:
      return "anneal";
  }
  return "unknown";
}

std::optional<Method> method_from_name(std::string_view name) noexcept {
  for (const Method method : {Method::kmeans, Method::ecvq, Method::em, Method::anneal})
    if (method_name(method) == name) return method;
  return std::nullopt;
}

std::string_view covariance_name(Covariance covariance) noexcept {
  switch (covariance) {
    case Covariance::tied_spherical:
      return "tied-spherical";
    case Covariance::spherical:
      return "spherical";
    case Covariance::diagonal:
      return "diagonal";
    case Covariance::tied:
      return "tied";
    case Covariance::full:
      return "full";
  }
  return "unknown";
}

std::optional<Covariance> covariance_from_name(std::string_view name) noexcept {
  for (const Covariance covariance :
       {Covariance::tied_spherical, Covariance::spherical, Covariance::diagonal, Covariance::tied, Covariance::full})
    if (covariance_name(covariance) == name) return covariance;
  return std::nullopt;
}

std::string_view dither_name(Dither dither) noexcept {
  switch (dither) {
    case Dither::none:
      return "none";
    case Dither::automatic:
      return "auto";
    case Dither::diffusion:
      return "diffusion";
    case Dither::blue:
      return "blue";
    case Dither::bayer:
      return "bayer";
  }
  return "unknown";
}

std::optional<Dither> dither_from_name(std::string_view name) noexcept {
  for (const Dither dither : {Dither::none, Dither::automatic, Dither::diffusion, Dither::blue, Dither::bayer})
    if (dither_name(dither) == name) return dither;
  return std::nullopt;
}

std::string_view seeding_name(Seeding seeding) noexcept {
  switch (seeding) {
    case Seeding::automatic:
      return "auto";
    case Seeding::split:
      return "split";
    case Seeding::kmeanspp:
      return "kmeans++";
  }
  return "unknown";
}

std::optional<Seeding> seeding_from_name(std::string_view name) noexcept {
  for (const Seeding seeding : {Seeding::automatic, Seeding::split, Seeding::kmeanspp})
    if (seeding_name(seeding) == name) return seeding;
  return std::nullopt;
}

std::string_view algorithm_name(TrainingAlgorithm algorithm) noexcept {
  switch (algorithm) {
    case TrainingAlgorithm::exact:
      return "exact";
    case TrainingAlgorithm::given:
      return "given";
    case TrainingAlgorithm::dynamic_program:
      return "dynamic-program";
    case TrainingAlgorithm::dynamic_program_lloyd:
      return "dynamic-program+lloyd";
    case TrainingAlgorithm::kmeans:
      return "kmeans";
    case TrainingAlgorithm::em:
      return "em";
    case TrainingAlgorithm::anneal:
      return "anneal";
  }
  return "unknown";
}

std::string_view space_name(Space space) noexcept { return space == Space::oklab ? "oklab" : "rgb"; }

std::optional<Space> space_from_name(std::string_view name) noexcept {
  for (const Space space : {Space::rgb, Space::oklab})
    if (space_name(space) == name) return space;
  return std::nullopt;
}

std::string_view gap_rule_name(cluster::GapRule rule) noexcept {
  using cluster::GapRule;
  switch (rule) {
    case GapRule::tibs2001_se_max:
      return "Tibs2001SEmax";
    case GapRule::first_se_max:
      return "firstSEmax";
    case GapRule::global_se_max:
      return "globalSEmax";
    case GapRule::first_max:
      return "firstmax";
    case GapRule::global_max:
      return "globalmax";
  }
  return "unknown";
}

std::optional<cluster::GapRule> gap_rule_from_name(std::string_view name) noexcept {
  using cluster::GapRule;
  for (const GapRule rule : {GapRule::tibs2001_se_max, GapRule::first_se_max, GapRule::global_se_max,
                             GapRule::first_max, GapRule::global_max})
    if (gap_rule_name(rule) == name) return rule;
  return std::nullopt;
}

std::string_view gap_box_name(cluster::GapBox box) noexcept {
  return box == cluster::GapBox::uniform ? "uniform" : "principal";
}

std::optional<cluster::GapBox> gap_box_from_name(std::string_view name) noexcept {
  for (const cluster::GapBox box : {cluster::GapBox::uniform, cluster::GapBox::principal})
    if (gap_box_name(box) == name) return box;
  return std::nullopt;
}

std::string hash_text(const CodebookHash& hash) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : hash) {
    text += digits[byte >> 4];
    text += digits[byte & 0xFU];
  }
  return text;
}

std::string_view stage_name(Stage stage) noexcept {
  switch (stage) {
    case Stage::train:
      return "training";
    case Stage::assign:
      return "assigning";
    case Stage::encode:
      return "encoding";
    case Stage::measure:
      return "measuring";
    case Stage::decode:
      return "decoding";
    case Stage::sweep:
      return "sweeping";
    case Stage::search:
      return "searching";
    case Stage::read:
      return "reading";
    case Stage::write:
      return "writing";
  }
  return "working";
}

std::string_view channels_name(std::uint32_t channels) noexcept {
  constexpr std::array<std::string_view, 4> names{"grey", "grey+alpha", "RGB", "RGBA"};
  return channels >= 1 && channels <= names.size() ? names[channels - 1] : "unknown";
}

}  // namespace vqi
