// The door to OpenCV where OpenCV is linked: in the library vqi::image_io.
#include "opencv_codec.hpp"

namespace vqi::detail {

const OpencvCodec& opencv_codec() { return *vqi_opencv_codec_2(); }

}  // namespace vqi::detail
