// Plain code, for any processor.

#include "paths.h"

#if defined(__aarch64__)
#define PATH_VECTORS_HELD 8
#else
#define PATH_VECTORS_HELD 4
#endif
#define PATH_RUN ck_run_baseline
#define PATH_PEAK ck_peak_baseline
#define PATH_REGISTER_BYTES 16
#include "template/path.h"
