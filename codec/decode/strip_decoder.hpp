// Decoding strips in parallel: the codewords, the workers, and the fault of the first damaged strip.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "index_model.hpp"
#include "sample_array.hpp"
#include "stream_reader.hpp"
#include "vqi/codebook.hpp"
#include "work.hpp"

namespace vqi::detail {

/// A codebook, and the context model that decodes strips with it.
struct Codewords {
  SampleArray codebook;
  std::unique_ptr<const IndexModel> model;  ///< none for packed indices and at K = 1
};

/// As read_codebook, with the model that the header names. Polls the callback of `work`.
[[nodiscard]] Codewords read_codewords(const StreamHeader& header, const Section& section, const Work& work);
/// The same for a stream which may be detached, whose codebook is `given` then; null: none is given.
[[nodiscard]] Codewords read_codewords(const StreamHeader& header, const Section& section, const Codebook* given,
                                       const Work& work);

/// Reports how many of all vectors have been decoded, and lets the callback say stop. For several threads.
class DecodeProgress {
 public:
  DecodeProgress(const Work& work, std::uint64_t vectors) noexcept : work_(work), vectors_(vectors) {}

  /// The hook for one strip with rows of `map_width`. Borrows this object.
  [[nodiscard]] DecodeHook hook(std::uint32_t map_width);

 private:
  Work work_;
  std::uint64_t vectors_;
  std::atomic<std::uint64_t> done_{0};
};

/// How many of `count` strips are under way at once where memory allows `at_once`: as many as there are threads.
[[nodiscard]] std::uint32_t strips_under_way(std::uint64_t count, std::uint32_t at_once, const Work& work) noexcept;

/// Calls task(i, buffer) for i = 0 .. count - 1, at most `at_once` at a time. Each worker has one buffer of
/// `buffer_vectors` indices for all its tasks, so that memory depends on the number of workers alone. Throws what tasks
/// throw, and Error{cancelled}.
void for_each_strip(std::size_t count, std::uint32_t at_once, std::uint64_t buffer_vectors, const Work& work,
                    const std::function<void(std::size_t i, std::span<std::uint16_t> buffer)>& task);

/// Which strips to decode, and where to.
struct StripRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint32_t end_row = 0;       ///< of the map: no row from here on is decoded
  std::span<std::uint16_t> map{};  ///< if not empty, the whole map, where strips are decoded in place
  std::uint32_t at_once = 1;       ///< strips under way at most
};

/// Takes the indices of a strip's rows, from any thread; `first_row` is the strip's first one in the map.
using StripUse = std::function<void(std::uint32_t first_row, std::span<const std::uint16_t> indices)>;

/// Gives strips with their bytes, in ascending order from strip `begin` on: at least one, and none from `end` on. They
/// are valid until it is called again, which is when all of them are decoded. Called by the calling thread.
using StripFetch = std::function<std::span<const StripEntry>(std::uint64_t begin, std::uint64_t end)>;

/// Checks the strips of `range` and calls use(first row, indices) for each. Strips after a damaged one may be left out.
/// Throws Error{checksum_mismatch, corrupt_indices} of the first damaged strip, whatever the number of threads.
void decode_strips(const StreamReader& reader, const IndexModel* model, const StripRange& range, const Work& work,
                   const StripUse& use);

/// The same with strips that `fetch` gives, and what `fetch` throws. `given` is called when all strips that it gave
/// were used, with the number of the next one; empty: nobody is told.
void decode_strips(const StreamHeader& header, const StripFetch& fetch, const IndexModel* model,
                   const StripRange& range, const Work& work, const StripUse& use,
                   const std::function<void(std::uint64_t next_strip)>& given = {});

}  // namespace vqi::detail
