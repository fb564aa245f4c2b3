// The kernels of one precision, and the loop that works through a list of calls.

#include "real.h"
#include "mathematics.h"
#include "trigonometry.h"
#include "elementwise.h"
#include "reduce.h"
#include "move.h"
#include "multiply.h"
#include "random.h"
#include "fused.h"

// One part of a call's result. Parts are cut by rows or columns, never by depth, so that every number is computed as it
// would be in one go; what is not worth cutting is all in the first part.
static void N(run_part)(const ck_call *call, int part, int parts) {
    switch (call->kind) {
    case ck_multiply: N(multiply)(call, part, parts); return;
    case ck_fused: N(fused)(call, part, parts); return;
    case ck_reduce_column: N(reduce_column)(call, part, parts); return;
    }
    if (part > 0) return;
    switch (call->kind) {
    case ck_map: N(map)(call->op, call->columns, call->a.data, call->out.data); break;
    case ck_combine: N(combine)(call); break;
    case ck_select: N(select)(call); break;
    case ck_reduce_row: N(reduce_row)(call); break;
    case ck_copy: N(copy)(call); break;
    case ck_fill: N(fill)(call); break;
    case ck_gather: N(gather)(call); break;
    case ck_scatter_add: N(scatter_add)(call); break;
    case ck_cumulate: N(cumulate)(call); break;
    case ck_random: N(random)(call); break;
    case ck_check: N(check)(call->columns, call->a.data, call->out.data); break;
    }
}
