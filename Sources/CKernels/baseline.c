// Plain code, for any processor.

#include "paths.h"

#define PATH_RUN ck_run_baseline
#define PATH_PEAK ck_peak_baseline
#define PATH_REGISTER_BYTES 16
#include "template/path.h"
