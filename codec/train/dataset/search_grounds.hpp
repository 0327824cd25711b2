// SearchGrounds: a set of vectors and its coarse sets, ready to judge and find codebooks of any size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "cell_split.hpp"
#include "colour_cubes.hpp"
#include "cube_search.hpp"
#include "lazy.hpp"
#include "nearest_search.hpp"
#include "parallel.hpp"
#include "progress.hpp"
#include "split_seeding.hpp"
#include "vector_set.hpp"

namespace vqi::detail {

/// A set on which codebooks are judged and searched for. What is costly is made when it is first
/// asked for, and may be asked for by several threads.
class SearchGround {
 public:
  /// Borrows both.
  SearchGround(const VectorSet& vectors, const ThreadPool& pool) : vectors_(vectors), pool_(pool) {}

  [[nodiscard]] const VectorSet& vectors() const noexcept { return vectors_; }
  [[nodiscard]] const NearestSearch& search() const;
  [[nodiscard]] const PointRows& rows() const;
  /// A codebook by split seeding, of rows().
  [[nodiscard]] FixedCodewords seed_by_splits(std::size_t k, ProgressReporter& progress) const;

 private:
  const VectorSet& vectors_;
  const ThreadPool& pool_;
  Lazy<std::unique_ptr<const NearestSearch>> search_;
  Lazy<PointRows> rows_;
  Lazy<std::unique_ptr<SplitSeeding>> seeding_;
};

/// Cubes of 2^3 code values a side: 4 to 10 thousand vectors of a photograph's 200 thousand.
inline constexpr std::uint32_t coarsest_side_bits = 3;
/// Cubes of 2^2: 20 to 50 thousand, which tell nearly all about 256 codewords.
inline constexpr std::uint32_t coarse_side_bits = 2;

/// All vectors, and their means over cubes of 2, 4 and 8 code values a side (coarse_set.hpp). Nothing
/// here depends on K, so that training for several K shares it.
class SearchGrounds {
 public:
  /// `all` gives the vectors, when they are first needed; what it returns and `pool` are borrowed.
  SearchGrounds(std::function<const VectorSet&()> all, const ThreadPool& pool)
      : vectors_(std::move(all)), pool_(pool) {}
  /// The same where cubes are at hand, of the same vectors less `centre`.
  SearchGrounds(std::function<const VectorSet&()> all, const ColourCubes& cubes, const FixedPoint& fixed_point,
                std::int32_t centre, const ThreadPool& pool);

  [[nodiscard]] const SearchGround& all() const {
    return *all_.get([&] { return std::make_unique<const SearchGround>(vectors_(), pool_); });
  }
  /// `side_bits` is 1 .. coarsest_side_bits; the vectors must be in Morton order.
  [[nodiscard]] const SearchGround& coarse(std::uint32_t side_bits) const;
  /// All vectors by cubes of coarse_side_bits; null where there are none.
  [[nodiscard]] const CubeSearch* by_cubes() const noexcept { return by_cubes_ ? &by_cubes_->search : nullptr; }
  /// How much less 2^2F J is for the means of those cubes than for their vectors, if cells hold whole cubes.
  [[nodiscard]] int128 dispersion_in_cubes() const;

 private:
  struct CoarseGround;
  struct ByCubes {
    const ColourCubes& cubes;
    FixedPoint fixed_point;
    std::int32_t centre;
    CubeSearch search;
  };

  std::function<const VectorSet&()> vectors_;
  std::optional<ByCubes> by_cubes_;
  const ThreadPool& pool_;
  Lazy<std::unique_ptr<const SearchGround>> all_;
  std::array<Lazy<std::shared_ptr<const CoarseGround>>, coarsest_side_bits> coarse_;
};

}  // namespace vqi::detail
