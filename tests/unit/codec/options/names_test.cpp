// Words for enumerators: each has its own, and the word leads back to it.
#include "vqi/names.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace vqi;

namespace {

/// All names differ, and each is parsed to what it names; other words are not.
template <typename Enum, std::size_t Count, typename Name, typename Parse>
void check_names(const Enum (&values)[Count], const Name& name, const Parse& parse) {
  std::set<std::string> names;
  for (const Enum value : values) {
    CHECK(parse(name(value)) == value);
    names.emplace(name(value));
  }
  CHECK(names.size() == Count);
  CHECK(names.count("unknown") == 0);
  for (const char* const other : {"", "unknown", "Packed", "packed "}) CHECK_FALSE(parse(other));
}

}  // namespace

TEST_CASE("every enumerator has a word of its own that is parsed back to it") {
  using vqi::Coding;
  using vqi::Covariance;
  using vqi::Dither;
  using vqi::Method;
  using vqi::Model;
  using vqi::Seeding;
  check_names({Coding::packed, Coding::entropy, Coding::automatic}, coding_name, coding_from_name);
  check_names({Model::fast, Model::balanced, Model::max}, model_name, model_from_name);
  check_names({Method::kmeans, Method::ecvq, Method::em, Method::anneal}, method_name, method_from_name);
  check_names(
      {Covariance::tied_spherical, Covariance::spherical, Covariance::diagonal, Covariance::tied, Covariance::full},
      covariance_name, covariance_from_name);
  check_names({Dither::none, Dither::automatic, Dither::diffusion, Dither::blue, Dither::bayer}, dither_name,
              dither_from_name);
  check_names({Seeding::automatic, Seeding::split, Seeding::kmeanspp}, seeding_name, seeding_from_name);
}

TEST_CASE("algorithms, stages and channels are told apart by their words") {
  using vqi::Stage;
  using vqi::TrainingAlgorithm;
  std::set<std::string_view> names;
  for (const auto algorithm :
       {TrainingAlgorithm::exact, TrainingAlgorithm::dynamic_program, TrainingAlgorithm::dynamic_program_lloyd,
        TrainingAlgorithm::kmeans, TrainingAlgorithm::em, TrainingAlgorithm::anneal})
    names.insert(algorithm_name(algorithm));
  CHECK(names.size() == 6);
  names.clear();
  for (const Stage stage : {Stage::train, Stage::assign, Stage::encode, Stage::measure, Stage::decode, Stage::sweep,
                            Stage::search, Stage::read, Stage::write})
    names.insert(stage_name(stage));
  CHECK(names.size() == 9);
  CHECK(channels_name(1) == "grey");
  CHECK(channels_name(2) == "grey+alpha");
  CHECK(channels_name(3) == "RGB");
  CHECK(channels_name(4) == "RGBA");
}
