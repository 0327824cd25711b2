// Brings the core's threads, progress, checks and random numbers into cluster::detail.
#pragma once

#include "argument_checks.hpp"
#include "parallel.hpp"
#include "progress.hpp"
#include "random.hpp"
#include "work.hpp"
#include "work_pulse.hpp"

namespace vqi::cluster::detail {

using vqi::detail::CallWork;
using vqi::detail::check_enumerator;
using vqi::detail::check_memory;
using vqi::detail::ProgressReporter;
using vqi::detail::Random;
using vqi::detail::ThreadPool;
using vqi::detail::Work;
using vqi::detail::WorkPulse;

}  // namespace vqi::cluster::detail
