// Calls vqi.h from Rust: encodes an image and decodes it again.
use std::ffi::{c_char, c_int, c_void, CStr};
use std::ptr::{null, null_mut};

#[repr(C)]
struct Image { samples: *const c_void, metadata: *const c_void, stride_bytes: usize, width: u32, height: u32, channels: u32, bit_depth: u32 }

#[rustfmt::skip]
extern "C" {
    fn vqi_options_new(command: *const c_char, options: *mut *mut c_void) -> c_int;
    fn vqi_options_set(options: *mut c_void, name: *const c_char, value: *const c_char) -> c_int;
    fn vqi_options_free(options: *mut c_void);
    fn vqi_encode(options: *const c_void, image: *const Image, result: *mut *mut c_void) -> c_int;
    fn vqi_result_bytes(result: *const c_void, size: *mut usize) -> *const c_void;
    fn vqi_result_number(result: *const c_void, name: *const c_char, value: *mut f64) -> c_int;
    fn vqi_result_free(result: *mut c_void);
    fn vqi_decode_into(options: *const c_void, bytes: *const c_void, size: usize, samples: *mut c_void,
                       capacity: usize, stride_bytes: usize, needed: *mut usize) -> c_int;
    fn vqi_error_message() -> *const c_char;
}

fn check(status: c_int) {
    assert!(status == 0, "{}", unsafe { CStr::from_ptr(vqi_error_message()) }.to_string_lossy());
}

fn main() {
    const W: i32 = 96;
    const H: i32 = 64;
    let mut samples = Vec::new();
    for (y, x) in (0..H).flat_map(|y| (0..W).map(move |x| (y, x))) {
        let inside = (x - 48) * (x - 48) + (y - 32) * (y - 32) < 400;
        samples.extend(if inside { [230, 120, 40] } else { [2 * x as u8, 3 * y as u8, 128] });
    }
    let image = Image { samples: samples.as_ptr().cast(), metadata: null(), stride_bytes: 0, width: 96, height: 64,
                        channels: 3, bit_depth: 8 };
    let (mut options, mut result, mut size, mut psnr_db) = (null_mut(), null_mut(), 0, 0.0);
    let mut decoded = vec![0u8; samples.len()];
    unsafe {
        check(vqi_options_new(c"compress".as_ptr(), &mut options));
        check(vqi_options_set(options, c"k".as_ptr(), c"64".as_ptr()));
        check(vqi_options_set(options, c"method".as_ptr(), c"ecvq".as_ptr()));
        check(vqi_encode(options, &image, &mut result));
        check(vqi_result_number(result, c"psnr_db".as_ptr(), &mut psnr_db));
        let bytes = vqi_result_bytes(result, &mut size);
        check(vqi_decode_into(null(), bytes, size, decoded.as_mut_ptr().cast(), decoded.len(), 0, null_mut()));
        vqi_result_free(result);
        vqi_options_free(options);
    }
    println!("{size} bytes of {}, {psnr_db:.1} dB", samples.len());
    let disc = &decoded[(32 * 96 + 48) * 3..][..3];
    println!("the disc is {}, {}, {}", disc[0], disc[1], disc[2]);
}
