// The inner namespace of clustering, with what it takes from the inner namespace of the core.
#pragma once

#include "parallel.hpp"
#include "progress.hpp"
#include "random.hpp"

namespace vqi::cluster::detail {

using vqi::detail::ProgressReporter;
using vqi::detail::Random;
using vqi::detail::ThreadPool;

}  // namespace vqi::cluster::detail
