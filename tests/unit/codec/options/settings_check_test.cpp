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
  CHECK(refusal(Command::sweep, {{"lambda", "3"}}) == "--lambda is of no use without --method ecvq, give both or none");
  CHECK(refusal(Command::sweep, {{"covariance", "full"}}) ==
        "--covariance is of no use without --method em, give both or none");
  CHECK(refusal(Command::train, {{"fix", "#fff"}, {"block", "2x2"}}) ==
        "--fix does not go with --block, leave one of them out");
}

TEST_CASE("a target has ecvq unless a method or what needs nearest codewords was chosen") {
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}})).method == Method::ecvq);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"method", "kmeans"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"coding", "packed"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"psnr", "30"}, {"dither", "blue"}})).method == Method::kmeans);
  CHECK(encode_options(with(Command::compress, {{"k", "30"}})).method == Method::kmeans);
}
