// Decoding strips in parallel, with the first fault in the order of the strips reported.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "parallel.hpp"
#include "progress.hpp"
#include "stream_reader.hpp"

namespace vqi {

/// Calls use(strip, indices) for the strips begin .. end - 1, from any thread. All are tried; then
/// the Error of the first damaged one is thrown.
void decode_strips(const StreamReader& reader, std::uint64_t begin, std::uint64_t end, const ThreadPool& pool,
                   ProgressReporter& progress,
                   const std::function<void(std::uint64_t, std::span<const std::uint16_t>)>& use);

}  // namespace vqi
