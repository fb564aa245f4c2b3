// AVX-512.

#include "paths.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define PATH_HAS_MASKS
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"), min_vector_width(512))), apply_to = function)
#define PATH_VECTORS_HELD 32
#define PATH_RUN ck_run_v4
#define PATH_PEAK ck_peak_v4
#define PATH_REGISTER_BYTES 64
#include "template/path.h"
#pragma clang attribute pop
#endif
