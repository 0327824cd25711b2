// Everything of the core library: codec, images, options, reports, metrics, clustering, errors, version.
#pragma once

#include "vqi/cluster.hpp"
#include "vqi/codebook.hpp"
#include "vqi/codec.hpp"
#include "vqi/error.hpp"
#include "vqi/image.hpp"
#include "vqi/metrics.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/statistics.hpp"
#include "vqi/streaming.hpp"
#include "vqi/sweep.hpp"
#include "vqi/version.hpp"
