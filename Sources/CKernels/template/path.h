// One processor path: everything in template/, for both precisions. The including file names the path with
// PATH_RUN and PATH_PEAK, says how wide its registers are, and sets the target of all functions that follow.

#define INLINE static inline __attribute__((always_inline, unused))

#include "philox.h"

#define PRECISION 32
#include "run.h"
#undef PRECISION
#define PRECISION 64
#include "run.h"
#include "peak.h"

void PATH_RUN(int precision, const ck_call *calls, int64_t count) {
    if (precision == ck_single) run_f32(calls, count);
    else run_f64(calls, count);
}
