// The command line of a row.
#include "row_command.hpp"

#include <catch2/catch.hpp>

using vqi::tool::row_command;

TEST_CASE("a row's command has K, all options that are not defaults, and its own output") {
  vqi::EncodeOptions options;
  CHECK(row_command(options, "a.png") == "vqi compress -k 256 -o a_k256.vqi a.png");
  options.k = 16;
  options.block_width_px = 4;
  options.block_height_px = 2;
  options.effort = 9;
  options.seed = 7;
  options.max_iterations = 3;
  options.seeding = vqi::Seeding::kmeanspp;
  options.model = vqi::Model::max;
  CHECK(row_command(options, "in/my photo.tar.png") ==
        "vqi compress -k 16 --block 4x2 --model max --seeding kmeans++ --effort 9 --max-iterations 3 --seed 7 "
        "-o 'my photo.tar_k16_4x2.vqi' 'in/my photo.tar.png'");
}

TEST_CASE("fixed colours and the space of colours are part of a row's command") {
  vqi::EncodeOptions options;
  options.k = 4;
  options.fixed = {{255, 0, 16, 255}, {1, 2, 3, 4}};
  options.keep_small = true;
  options.space = vqi::Space::oklab;
  CHECK(row_command(options, "a.png") ==
        "vqi compress -k 4 --fix '#ff0010' --fix '#01020304' --keep-small --space oklab -o a_k4.vqi a.png");
}

TEST_CASE("options that are the defaults are no part of a row's command, but for K") {
  CHECK(row_command({}, "a.png") == "vqi compress -k 256 -o a_k256.vqi a.png");
}

TEST_CASE("an input that looks like an option comes after --, standard input does not") {
  CHECK(row_command({}, "-a.png") == "vqi compress -k 256 -o ./-a_k256.vqi -- -a.png");
  CHECK(row_command({}, "-") == "vqi compress -k 256 -o image_k256.vqi -");
}
