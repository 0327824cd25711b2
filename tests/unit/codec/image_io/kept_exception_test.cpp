// KeptException: what a callback throws comes out once, behind the frames of C.
#include "kept_exception.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

TEST_CASE("an exception is kept while it may not pass, and thrown once") {
  vqi::detail::KeptException kept;
  CHECK(kept.run([] {}));
  CHECK_NOTHROW(kept.rethrow());
  CHECK_FALSE(kept.run([] { throw std::runtime_error("later"); }));
  CHECK_THROWS_AS(kept.rethrow(), std::runtime_error);
  CHECK_NOTHROW(kept.rethrow());
}
