// The main function of all Catch2 programs. Allows TBB eight threads, so that tests of several threads have them on any
// machine.
#define CATCH_CONFIG_RUNNER
#include <tbb/global_control.h>

#include <catch2/catch.hpp>

int main(int argc, char* argv[]) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 8);
  return Catch::Session().run(argc, argv);
}
