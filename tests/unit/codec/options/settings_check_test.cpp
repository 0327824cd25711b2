// check_settings: options that exclude each other, and what is made of those that do not.
#include <catch2/catch.hpp>
#include <string>

#include "thrown_error.hpp"
#include "vqi/settings.hpp"

using namespace vqi;
using vqi::test::thrown_by;

namespace {

using Options = std::initializer_list<std::pair<const char*, const char*>>;

Settings with(Command command, Options options) {
  Settings settings{.command = command};
  for (const auto& [name, value] : options) set_option(settings, name, value);
  return settings;
}

std::string refusal(Command command, Options options) {
  const Settings settings = with(command, options);
  return thrown_by([&] { check_settings(settings); }).message;
}

}  // namespace

TEST_CASE("two options that choose K exclude each other") {
  CHECK(refusal(Command::compress, {{"k", "2"}, {"psnr", "30"}}) ==
        "-k and --psnr exclude each other, give one of them");
  CHECK(refusal(Command::compress, {{"lossless", ""}, {"bpp", "1"}}) ==
        "--bpp and --lossless exclude each other, give one of them");
  CHECK(refusal(Command::compress, {{"auto-k", "gap"}, {"ratio", "3"}}) ==
        "--ratio and --auto-k exclude each other, give one of them");
  CHECK(refusal(Command::compress, {{"k", "2"}, {"block", "2x2"}}).empty());
}

TEST_CASE("what learns nothing takes no option on learning") {
  CHECK(refusal(Command::compress, {{"lossless", ""}, {"seeding", "split"}}) ==
        "--lossless keeps all colours and learns none, leave out --seeding or --lossless");
  CHECK(refusal(Command::compress, {{"palette", "#fff"}, {"k", "2"}}) ==
        "--palette does not go with -k, leave one of them out");
  CHECK(refusal(Command::compress, {{"palette", "#fff"}, {"block", "2x2"}}) ==
        "--palette does not go with --block, leave one of them out");
  CHECK(refusal(Command::quantize, {{"palette", "#fff"}, {"psnr", "30"}}) ==
        "--palette does not go with a target for K, leave one of them out");
  CHECK(refusal(Command::compress, {{"detach", ""}}) == "--detach is of no use without --codebook, give both or none");
}

TEST_CASE("options of one method are refused with another") {
  CHECK(refusal(Command::compress, {{"fix", "#fff"}, {"method", "em"}}) ==
        "--fix does not go with --method, leave one of them out");
  CHECK(refusal(Command::compress, {{"space", "oklab"}, {"method", "em"}}) ==
        "--space oklab does not go with --method, leave one of them out");
  CHECK(refusal(Command::compress, {{"gap-max-k", "3"}}) ==
        "--gap options are of no use without --auto-k gap, give both or none");
  CHECK(refusal(Command::quantize, {{"lambda", "3"}, {"method", "kmeans"}}) ==
        "--lambda is for ecvq, leave out --lambda or --method kmeans");
  CHECK(refusal(Command::quantize, {{"lambda", "3"}, {"keep-small", ""}}) ==
        "--lambda is for ecvq, with which --keep-small does not go, leave one of them out");
  CHECK(refusal(Command::quantize, {{"quality", "50"}, {"max-bytes", "100"}}) ==
        "--quality and --max-bytes exclude each other, give one of them");
  CHECK(refusal(Command::compress, {{"lambda", "3"}}) ==
        "--lambda is of no use without --method ecvq, give both or none");
  CHECK(refusal(Command::compress, {{"lambda", "3"}, {"psnr", "30"}}).empty());
  CHECK(refusal(Command::compress, {{"covariance", "full"}}) ==
        "--covariance is of no use without --method em, give both or none");
  CHECK(refusal(Command::compress, {{"model", "fast"}, {"coding", "packed"}}) ==
        "--coding packed has no context model, leave out --model or --coding");
  CHECK(refusal(Command::sweep, {{"lambda", "3"}}) == "--lambda is of no use without --method ecvq, give both or none");
  CHECK(refusal(Command::sweep, {{"covariance", "full"}}) ==
        "--covariance is of no use without --method em, give both or none");
  CHECK(refusal(Command::train, {{"fix", "#fff"}, {"block", "2x2"}}) ==
        "--fix does not go with --block, leave one of them out");
}

TEST_CASE("each row of a sweep is held to what compress is") {
  CHECK(refusal(Command::sweep, {{"dither", "blue"}, {"block", "1x1,2x2"}}) ==
        "--dither is for single pixels, not for blocks of them, leave out --block or --dither");
  CHECK(refusal(Command::sweep, {{"dither", "blue"}, {"method", "kmeans,ecvq"}}) ==
        "--dither does not go with --method ecvq, which chooses indices itself, leave one of them out");
  CHECK(refusal(Command::sweep, {{"method", "anneal"}, {"seeding", "split"}}) ==
        "--method anneal needs no seeding, leave out --seeding");
  CHECK(refusal(Command::sweep, {{"method", "anneal,kmeans"}, {"seeding", "split"}}).empty());
  CHECK(refusal(Command::sweep, {{"fix", "#fff"}, {"method", "kmeans,em"}}) ==
        "--fix does not go with --method, leave one of them out");
  CHECK(refusal(Command::sweep, {{"method", "kmeans,ecvq,em"}, {"lambda", "3"}, {"covariance", "full"}}).empty());
}

TEST_CASE("dither strength without a dither is refused") {
  CHECK(refusal(Command::compress, {{"dither-strength", "0.5"}}) ==
        "--dither-strength is of no use without a dither, give --dither or leave it out");
  CHECK(refusal(Command::compress, {{"dither-strength", "0.5"}, {"dither", "auto"}}).empty());
}

TEST_CASE("a target has ecvq unless a method or what needs nearest codewords was chosen") {
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}})).method == Method::ecvq);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"method", "kmeans"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"coding", "packed"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"dither", "blue"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"k", "30"}})).method == Method::kmeans);
}
