// Everything of the core library: codec, images, options, reports, metrics, errors.
#pragma once

#include "vqi/codec.hpp"
#include "vqi/error.hpp"
#include "vqi/image.hpp"
#include "vqi/metrics.hpp"
#include "vqi/options.hpp"
#include "vqi/report.hpp"
#include "vqi/sweep.hpp"
