// What a library for decoding alone, built with VQI_DECODING_ALONE, has in place of encoders of models.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "index_model.hpp"

namespace vqi::detail {

/// In place of IndexModel::encode, which nothing calls there.
[[noreturn]] inline std::vector<std::byte> refuse_to_encode(std::span<const std::uint16_t> /*indices*/,
                                                            std::uint32_t /*map_width*/, const RowHook& /*hook*/) {
  std::abort();
}

}  // namespace vqi::detail
