// The kernels of one precision, and the loop that works through a list of calls.

#include "real.h"
#include "mathematics.h"
#include "trigonometry.h"
#include "elementwise.h"
#include "reduce.h"
#include "move.h"
#include "multiply.h"
#include "random.h"

static void N(run)(const ck_call *calls, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const ck_call *call = calls + i;
        switch (call->kind) {
        case ck_map: N(map)(call->op, call->columns, call->a.data, call->out.data); break;
        case ck_combine: N(combine)(call); break;
        case ck_select: N(select)(call); break;
        case ck_multiply: N(multiply)(call); break;
        case ck_reduce_row: N(reduce_row)(call); break;
        case ck_reduce_column: N(reduce_column)(call); break;
        case ck_copy: N(copy)(call); break;
        case ck_fill: N(fill)(call); break;
        case ck_gather: N(gather)(call); break;
        case ck_scatter_add: N(scatter_add)(call); break;
        case ck_cumulate: N(cumulate)(call); break;
        case ck_random: N(random)(call); break;
        }
    }
}
