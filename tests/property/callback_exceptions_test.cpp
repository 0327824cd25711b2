// What the caller's callback throws leaves every call as it went in, whatever its type, and is never taken for damage.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "test_images.hpp"
#include "vqi/vqi.hpp"

namespace {

/// An exception of the caller's own.
struct Own {
  int call;
};

struct NamedCall {
  std::string name;
  std::function<void(const vqi::RunOptions&)> call;
};

vqi::EncodeOptions options_of(vqi::Method method, vqi::Coding coding, vqi::Model model) {
  vqi::EncodeOptions options;
  options.k = 20;
  options.method = method;
  options.effort = 2;
  options.coding = coding;
  if (coding == vqi::Coding::entropy) options.model = model;
  return options;
}

void add_decoding(std::vector<NamedCall>& calls, const std::string& name, const std::vector<std::byte>& stream) {
  using Run = const vqi::RunOptions&;
  calls.push_back({"decode " + name, [=](Run run) { static_cast<void>(vqi::decode(stream, {}, run)); }});
  calls.push_back(
      {"decode_indexed " + name, [=](Run run) { static_cast<void>(vqi::decode_indexed(stream, {}, run)); }});
  calls.push_back({"decode_region " + name,
                   [=](Run run) { static_cast<void>(vqi::decode_region(stream, 3, 3, 90, 200, {}, run)); }});
  calls.push_back({"salvage " + name, [=](Run run) { static_cast<void>(vqi::salvage(stream, {}, run)); }});
  const std::vector<std::byte> cut(stream.begin(), stream.end() - 100);
  calls.push_back({"salvage of a cut " + name, [=](Run run) { static_cast<void>(vqi::salvage(cut, {}, run)); }});
}

/// Every call of the library that takes a callback, with few pixels.
std::vector<NamedCall> all_calls() {
  using Run = const vqi::RunOptions&;
  const vqi::Image image = vqi::test::make_image(300, 500, 3, 8, vqi::test::Content::smooth);
  std::vector<NamedCall> calls;
  for (const vqi::Method method : {vqi::Method::kmeans, vqi::Method::ecvq, vqi::Method::em, vqi::Method::anneal}) {
    const auto options = options_of(method, vqi::Coding::automatic, vqi::Model::fast);
    calls.push_back({"encode by method " + std::to_string(static_cast<int>(method)),
                     [=](Run run) { static_cast<void>(vqi::encode(image, options, run)); }});
  }
  for (const vqi::Model model : {vqi::Model::fast, vqi::Model::balanced})
    add_decoding(calls, "of model " + std::to_string(static_cast<int>(model)),
                 vqi::encode(image, options_of(vqi::Method::kmeans, vqi::Coding::entropy, model)).bytes);
  add_decoding(calls, "of packed indices",
               vqi::encode(image, options_of(vqi::Method::kmeans, vqi::Coding::packed, vqi::Model::fast)).bytes);
  const vqi::Image small = vqi::test::make_image(60, 50, 3, 8, vqi::test::Content::smooth);
  const auto options = options_of(vqi::Method::kmeans, vqi::Coding::packed, vqi::Model::fast);
  calls.push_back({"sweep", [=](Run run) {
                     const std::vector<vqi::EncodeOptions> rows(3, options);
                     static_cast<void>(vqi::sweep(small, rows, {}, run));
                   }});
  vqi::EncodeOptions free = options;
  free.k.reset();
  calls.push_back({"encode to a PSNR",
                   [=](Run run) { static_cast<void>(vqi::encode_to_target(small, {.psnr_db = 30}, free, run)); }});
  calls.push_back({"encode to a size",
                   [=](Run run) { static_cast<void>(vqi::encode_to_target(small, {.max_bytes = 3000}, free, run)); }});
  vqi::cluster::GapOptions gap;
  gap.k_max = 3;
  gap.references = 3;
  calls.push_back({"image_gap", [=](Run run) { static_cast<void>(vqi::image_gap(small, gap, 1, 1, run)); }});
  calls.push_back(
      {"encode_with_gap", [=](Run run) { static_cast<void>(vqi::encode_with_gap(small, gap, free, run)); }});
  const std::vector<double> values{1, 2, 3, 10, 11, 12, 20, 21, 22};
  const vqi::cluster::Points points(values, 1);
  calls.push_back({"kmeans", [=](Run run) { static_cast<void>(vqi::cluster::kmeans(points, {.k = 3}, run)); }});
  calls.push_back({"em", [=](Run run) { static_cast<void>(vqi::cluster::em(points, {.k = 2}, run)); }});
  calls.push_back({"anneal", [=](Run run) { static_cast<void>(vqi::cluster::anneal(points, {.k = 3}, run)); }});
  calls.push_back(
      {"measure_distortion", [=](Run run) { static_cast<void>(vqi::measure_distortion(image, image, run)); }});
  return calls;
}

/// Throws `exception` at the callback's call number `at`; calls before it return true.
template <typename Exception>
vqi::RunOptions throwing(const Exception& exception, int at, std::uint32_t threads) {
  vqi::RunOptions run;
  run.threads = threads;
  run.progress = [=, calls = 0](const vqi::Progress&) mutable {
    if (++calls == at) throw exception;
    return true;
  };
  return run;
}

/// What a call throws: the number of Own, or the message of an Error; nothing if it throws nothing.
std::string thrown(const NamedCall& named, const vqi::RunOptions& run) {
  try {
    named.call(run);
  } catch (const Own& own) {
    return std::to_string(own.call);
  } catch (const vqi::Error& error) {
    return std::string(error.what()) + " " + std::string(vqi::error_code_name(error.error_code()));
  }
  return {};
}

}  // namespace

TEST_CASE("an exception of the callback comes out of every call as it went in, on one thread and on several") {
  for (const NamedCall& named : all_calls())
    for (const std::uint32_t threads : {1U, 4U})
      for (const int at : {1, 2}) {
        INFO(named.name << ", " << threads << " threads, call " << at);
        // A call that is over before the callback is called again throws nothing.
        const std::string own = thrown(named, throwing(Own{at}, at, threads));
        CHECK((own == std::to_string(at) || (at > 1 && own.empty())));
        const vqi::Error damage(vqi::ErrorCode::corrupt_indices, "of the caller", 7);
        const std::string error = thrown(named, throwing(damage, at, threads));
        CHECK((error == "of the caller corrupt_indices" || (at > 1 && error.empty())));
      }
}
