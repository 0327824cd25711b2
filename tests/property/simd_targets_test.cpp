// encode writes the same bytes on every SIMD target that this machine can run, scalar included.
#include <hwy/targets.h>

#include <catch2/catch.hpp>
#include <vector>

#include "test_images.hpp"
#include "vqi/vqi.hpp"

using vqi::test::Content;

namespace {

/// Limits Highway to one target while it lives.
class ForcedTarget {
 public:
  explicit ForcedTarget(std::int64_t target) { use(target); }
  ~ForcedTarget() { use(0); }
  ForcedTarget(const ForcedTarget&) = delete;
  ForcedTarget& operator=(const ForcedTarget&) = delete;

 private:
  static void use(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

}  // namespace

TEST_CASE("the same bytes come out on every SIMD target") {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  REQUIRE(!targets.empty());
  for (const auto& [channels, depth, block, k] :
       {std::tuple{3U, 8U, 1U, 64U}, {4U, 8U, 1U, 40U}, {3U, 16U, 1U, 30U}, {3U, 8U, 4U, 20U}, {1U, 16U, 1U, 9U}}) {
    const vqi::Image image = vqi::test::make_image(150, 140, channels, depth, Content::smooth);
    vqi::EncodeOptions options;
    options.k = k;
    options.block_width_px = options.block_height_px = block;
    const std::vector<std::byte> expected = vqi::encode(image, options).bytes;
    vqi::EncodeOptions constrained = options;
    constrained.method = vqi::Method::ecvq;
    const std::vector<std::byte> expected_constrained = vqi::encode(image, constrained).bytes;
    for (const std::int64_t target : targets) {
      const ForcedTarget forced(target);
      INFO("target " << hwy::TargetName(target) << ", channels " << channels << ", depth " << depth << ", block "
                     << block);
      CHECK(vqi::encode(image, options).bytes == expected);
      CHECK(vqi::encode(image, constrained).bytes == expected_constrained);
    }
  }
  WARN("compared " << targets.size() << " targets");
}
