// WorkPulse: one poll for each portion of work, by counted steps, and ranges cut into portions.
#include "work_pulse.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "test_work.hpp"
#include "thrown_error.hpp"

using vqi::detail::WorkPulse;
using vqi::test::TestWork;

TEST_CASE("a pulse polls once for each portion of steps, however they are counted") {
  for (const std::uint64_t steps : {std::uint64_t{1} << 10, WorkPulse::portion, 3 * WorkPulse::portion}) {
    std::uint64_t calls = 0;
    TestWork work(
        1, [&](const vqi::Progress&) { return ++calls > 0; }, std::chrono::milliseconds(0));
    WorkPulse pulse(work.pool);
    for (std::uint64_t done = 0; done < 12 * WorkPulse::portion; done += steps) pulse.add(steps);
    CHECK(calls == 12 * WorkPulse::portion / std::max(steps, WorkPulse::portion));
  }
}

TEST_CASE("portions follow one another without gaps, and an element that is larger than one comes alone") {
  for (const auto& [elements, steps] : {std::pair{std::size_t{100'000}, std::uint64_t{1000}},
                                        {std::size_t{7}, WorkPulse::portion * 5},
                                        {std::size_t{7}, std::uint64_t{0}},
                                        {std::size_t{0}, std::uint64_t{9}}}) {
    std::uint64_t calls = 0;
    TestWork work(
        1, [&](const vqi::Progress&) { return ++calls > 0; }, std::chrono::milliseconds(0));
    WorkPulse pulse(work.pool);
    std::size_t next = 3;
    pulse.in_portions(3, 3 + elements, steps, [&](std::size_t first, std::size_t last) {
      CHECK(first == next);
      CHECK(first < last);
      CHECK((last - first == 1 || (last - first) * steps <= WorkPulse::portion));
      next = last;
    });
    CHECK(next == 3 + elements);
    CHECK(calls >= std::min<std::uint64_t>(elements, elements * steps / (2 * WorkPulse::portion)));
  }
}

TEST_CASE("a pulse without a pool never polls, and one whose callback says stop throws") {
  WorkPulse none;
  CHECK_NOTHROW(none.add(100 * WorkPulse::portion));
  TestWork work(1, [](const vqi::Progress&) { return false; });
  WorkPulse pulse(work.pool);
  CHECK_NOTHROW(pulse.add(WorkPulse::portion - 1));
  CHECK(vqi::test::thrown_by([&] { pulse.add(1); }).code == vqi::ErrorCode::cancelled);
}
