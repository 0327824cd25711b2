// A program that decodes and nothing else, so that what the linker takes from the library for it is what decoding
// needs.
#include <cstdio>
#include <vqi/codec.hpp>

int main() {
  try {
    return vqi::decode({}).width_px() == 0 ? 0 : 1;
  } catch (const vqi::Error& error) {
    return error.error_code() == vqi::ErrorCode::truncated ? 0 : 1;
  }
}
