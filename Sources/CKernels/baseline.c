// Plain code, for any processor.

#include "paths.h"

#define PATH_RUN ck_run_baseline
#include "template/path.h"
