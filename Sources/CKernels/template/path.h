// One processor path: everything in template/, for both precisions. The including file names the path with
// PATH_RUN and PATH_PEAK, says how wide its registers are, with PATH_VECTORS_HELD how many vectors of 64 bytes fit
// into all of them and with PATH_HAS_MASKS that AVX-512's masks are there, and sets the target of all functions that follow.

#define INLINE static inline __attribute__((always_inline, unused))

// Where a part begins, of a length that is cut into equal parts at multiples of the grain.
INLINE int64_t part_start(int64_t length, int64_t grain, int part, int parts) {
    int64_t grains = (length + grain - 1) / grain, start = grains * part / parts * grain;
    return start < length ? start : length;
}

#include "philox.h"

#define PRECISION 32
#include "run.h"
#undef PRECISION
#define PRECISION 64
#include "run.h"
#include "peak.h"

void PATH_RUN(int precision, const ck_call *call, int part, int parts) {
    if (precision == ck_single) run_part_f32(call, part, parts);
    else run_part_f64(call, part, parts);
}
