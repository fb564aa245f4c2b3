// AVX2 and FMA.

#include "paths.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define PATH_VECTORS_HELD 8
#define PATH_RUN ck_run_v3
#define PATH_PEAK ck_peak_v3
#define PATH_REGISTER_BYTES 32
#include "template/path.h"
#pragma clang attribute pop
#endif
