// set_option: names and values as on the command line, for each command its own.
#include "vqi/settings.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "thrown_error.hpp"

using namespace vqi;
using vqi::test::holds;
using vqi::test::thrown_by;

namespace {

constexpr Command all_commands[] = {Command::compress, Command::decompress, Command::quantize, Command::train,
                                    Command::sweep,    Command::info,       Command::compare};

/// The message of the Error{invalid_option} that setting the option throws.
std::string refusal(Command command, const char* name, const char* value) {
  Settings settings{.command = command};
  const test::ThrownError thrown = thrown_by([&] { set_option(settings, name, value); });
  CHECK(thrown.code == ErrorCode::invalid_option);
  CHECK(settings.given.empty());
  return thrown.message;
}

Settings with(Command command, std::initializer_list<std::pair<const char*, const char*>> options) {
  Settings settings{.command = command};
  for (const auto& [name, value] : options) set_option(settings, name, value);
  return settings;
}

}  // namespace

TEST_CASE("every option of a command is known by all spellings of its name, each name once") {
  for (const Command command : all_commands) {
    std::set<std::string> names;
    for (const std::string& name : option_names(command)) {
      INFO(command_name(command) << " " << name);
      CHECK(names.insert(name).second);
      CHECK(name.starts_with("-"));
      std::string bare = name.substr(name.find_first_not_of('-'));
      std::replace(bare.begin(), bare.end(), '-', '_');
      // A value that no option takes: the refusal shows that the name is known.
      CHECK_FALSE(holds(refusal(command, bare.c_str(), "?"), "is not an option of"));
      CHECK_FALSE(holds(refusal(command, name.c_str(), "?"), "is not an option of"));
    }
    CHECK(parse_command(command_name(command)) == command);
  }
  CHECK(thrown_by([] { static_cast<void>(parse_command("pack")); }).code == ErrorCode::invalid_option);
}

TEST_CASE("options of compress set what they are called after") {
  const Settings settings = with(Command::compress, {{"k", "64"},
                                                     {"--block", "2x3"},
                                                     {"method", "ecvq"},
                                                     {"lambda", "8"},
                                                     {"covariance", "full"},
                                                     {"effort", "7"},
                                                     {"seeding", "kmeans++"},
                                                     {"max_iterations", "3"},
                                                     {"seed", "18446744073709551615"},
                                                     {"dither", "auto"},
                                                     {"dither-strength", "0.25"},
                                                     {"fix", "#fff"},
                                                     {"fix", "tomato"},
                                                     {"keep-small", ""},
                                                     {"space", "oklab"},
                                                     {"coding", "packed"},
                                                     {"model", "max"},
                                                     {"verify", "true"},
                                                     {"detach", "1"},
                                                     {"threads", "3"},
                                                     {"max_memory", "2MiB"}});
  const EncodeOptions& encode = settings.encode;
  CHECK(encode.k == 64U);
  CHECK(encode.block_width_px == 2);
  CHECK(encode.block_height_px == 3);
  CHECK(encode.method == Method::ecvq);
  CHECK(encode.lambda == 8.0);
  CHECK(encode.covariance == Covariance::full);
  CHECK(encode.effort == 7);
  CHECK(encode.seeding == Seeding::kmeanspp);
  CHECK(encode.max_iterations == 3U);
  CHECK(encode.seed == 18446744073709551615U);
  CHECK(encode.dither == Dither::automatic);
  CHECK(encode.dither_strength == 0.25);
  CHECK(encode.fixed == std::vector<Colour>{{255, 255, 255, 255}, {255, 99, 71, 255}});
  CHECK(encode.keep_small);
  CHECK(encode.space == Space::oklab);
  CHECK(encode.coding == Coding::packed);
  CHECK(encode.model == Model::max);
  CHECK(encode.verify);
  CHECK(encode.detach);
  CHECK(settings.threads == 3);
  CHECK(settings.max_memory_bytes == 2U << 20);
  CHECK(settings.is_given("-k"));
  CHECK(settings.is_given("--max-memory"));
  CHECK_FALSE(settings.is_given("--psnr"));
}

TEST_CASE("targets, the gap statistic and palettes are taken, and a flag is taken back") {
  Settings settings = with(Command::compress, {{"psnr", "40.5"},
                                               {"max-bytes", "50k"},
                                               {"ratio", "12"},
                                               {"bpp", "1.5"},
                                               {"auto-k", "gap"},
                                               {"gap-max-k", "16"},
                                               {"gap-references", "5"},
                                               {"gap-box", "uniform"},
                                               {"gap-rule", "firstmax"},
                                               {"palette", "#fff,black,#12345678"},
                                               {"lossless", ""}});
  CHECK(settings.target.psnr_db == 40.5);
  CHECK(settings.target.max_bytes == 50'000U);
  CHECK(settings.target.ratio == 12.0);
  CHECK(settings.target.bpp == 1.5);
  CHECK(settings.auto_k);
  CHECK(settings.gap.k_max == 16);
  CHECK(settings.gap.references == 5);
  CHECK(settings.gap.box == cluster::GapBox::uniform);
  CHECK(settings.gap.rule == cluster::GapRule::first_max);
  CHECK(settings.palette == std::vector<Colour>{{255, 255, 255, 255}, {0, 0, 0, 255}, {0x12, 0x34, 0x56, 0x78}});
  CHECK(settings.encode.lossless);
  set_option(settings, "lossless", "false");
  CHECK_FALSE(settings.encode.lossless);
  CHECK_FALSE(settings.is_given("--lossless"));
  set_option(settings, "palette", "red");
  CHECK(settings.palette == std::vector<Colour>{{255, 0, 0, 255}});
}

TEST_CASE("quantize, sweep and decompress take their own values") {
  const Settings quantize =
      with(Command::quantize, {{"k", "16"}, {"quality", "65-80"}, {"strip", ""}, {"fix", "#000"}});
  CHECK(quantize.quantize.k == 16U);
  CHECK(quantize.quantize.psnr_db == psnr_of_quality(80));
  CHECK(quantize.quantize.min_psnr_db == psnr_of_quality(65));
  CHECK(quantize_options(quantize).strip);
  CHECK(quantize_options(quantize).fixed.size() == 1);
  const Settings sweep = with(Command::sweep, {{"k", "2..8"}, {"method", "kmeans,ecvq,kmeans"}, {"lambda", "1,2"}});
  CHECK(sweep.sweep.k == std::vector<std::uint32_t>{2, 4, 8});
  CHECK(sweep.sweep.methods == std::vector<Method>{Method::kmeans, Method::ecvq});
  CHECK(sweep_rows(sweep).size() == 3 * (1 + 2));  // lambda means nothing to kmeans
  const Settings decompress = with(Command::decompress, {{"max-pixels", "1G"}});
  CHECK(decompress.limits.max_pixels == 1'000'000'000U);
  CHECK(decompress.limits.max_side_px == 4294967295U);
}

TEST_CASE("what is no option and what is no value is refused in the words of the command line") {
  CHECK(refusal(Command::compress, "effort", "10") ==
        "--effort \"10\" is out of range, give a whole number from 1 to 9");
  CHECK(refusal(Command::compress, "method", "em2") == "--method \"em2\" is unknown, give kmeans, ecvq, em or anneal");
  CHECK(refusal(Command::compress, "efort", "1") == "\"efort\" is not an option of compress, did you mean \"effort\"?");
  CHECK(refusal(Command::quantize, "block", "2x2").starts_with("\"block\" is not an option of quantize, "));
  CHECK(refusal(Command::quantize, "method", "em") == "--method \"em\" is not one for palettes, give kmeans or ecvq");
  CHECK(refusal(Command::quantize, "k", "257") == "-k \"257\" is out of range, give a whole number from 1 to 256");
  CHECK(refusal(Command::compress, "verify", "perhaps") ==
        "--verify \"perhaps\" is not a flag's value, give true or false");
  CHECK(holds(refusal(Command::compress, "palette", "#fff,,#000"), "has an empty entry"));
  CHECK(holds(refusal(Command::compress, "palette", "nocolour"), "--palette \"nocolour\" is no colour"));
  CHECK(holds(refusal(Command::info, "", "1"), "is not an option of info"));
  CHECK(holds(refusal(Command::compress, "auto-k", "elbow"), "give gap"));
}
