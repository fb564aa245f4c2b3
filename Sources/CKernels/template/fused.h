// Many elementwise steps in one call: block by block, so that what one step leaves is still in the first cache when
// the next one reads it. Each step is the very loop that a call of its own would run, so it gives the same bits.

#undef FUSED_BLOCK
#define FUSED_BLOCK (2048 / (int)sizeof(REAL))

// Leaves a NaN where any of them is not finite. Whoever finds one writes the same, so that threads may share the place.
INLINE void N(mark)(V zeros, REAL *out) {
    REAL total = 0;
    for (int lane = 0; lane < WIDTH; lane++) total += zeros[lane];
    const REAL nan = NAN;
    UINT bits;
    memcpy(&bits, &nan, sizeof bits);
    if (total != 0) __atomic_store_n((UINT *)(void *)out, bits, __ATOMIC_RELAXED);
}

static void N(check)(int64_t n, const REAL *x, REAL *out) {
    V sum = {0};
    int64_t i = 0;
    for (; i + WIDTH <= n; i += WIDTH) sum += N(load)(x + i) * 0;
    if (i < n) sum += N(load_part)(x + i, n - i) * 0;
    N(mark)(sum, out);
}

// Where a step finds an operand: at a stride of 0 one number stands for all.
typedef struct {
    REAL *data;
    int64_t stride;
} N(slot);

// A step of Adam and the check of what comes of it, with the roundings of the operations one by one.
static void N(adam)(const ck_fused_step *step, int64_t n, const N(slot) *slots) {
#pragma clang fp contract(off)
    const ck_fused_step *mean = step + 1, *square = step + 2, *scale = step + 3;
    const REAL *p = slots[step->a].data, *m = slots[step->b].data, *s = slots[step->c].data, *g = slots[mean->a].data;
    REAL *next_p = slots[step->out].data, *next_m = slots[mean->out].data, *next_s = slots[square->out].data;
    V keep_m = N(splat)(*slots[mean->b].data), take_m = N(splat)(*slots[mean->c].data);
    V keep_s = N(splat)(*slots[square->a].data), take_s = N(splat)(*slots[square->b].data);
    V scale_m = N(splat)(*slots[scale->a].data), scale_s = N(splat)(*slots[scale->b].data);
    V epsilon = N(splat)(*slots[scale->c].data), unsound = {0};
    for (int64_t i = 0; i < n; i += WIDTH) {
        int64_t left = n - i;
        V x = left < WIDTH ? N(load_part)(p + i, left) : N(load)(p + i);
        V y = left < WIDTH ? N(load_part)(m + i, left) : N(load)(m + i);
        V z = left < WIDTH ? N(load_part)(s + i, left) : N(load)(s + i);
        V slope = left < WIDTH ? N(load_part)(g + i, left) : N(load)(g + i);
        y = y * keep_m + slope * take_m;
        z = z * keep_s + slope * slope * take_s;
        x = x - y * scale_m / (__builtin_elementwise_sqrt(z * scale_s) + epsilon);
        if (left < WIDTH) {
            // what lies past the end may come to 0 / 0
            REAL sum[WIDTH];
            N(store)(sum, (x + y + z) * 0);
            unsound += N(load_part)(sum, left);
            N(store_part)(next_p + i, x, left);
            N(store_part)(next_m + i, y, left);
            N(store_part)(next_s + i, z, left);
        } else {
            unsound += x * 0 + y * 0 + z * 0;
            N(store)(next_p + i, x);
            N(store)(next_m + i, y);
            N(store)(next_s + i, z);
        }
    }
    if (scale->out >= 0) N(mark)(unsound, slots[scale->out].data);
}

static void N(fused_step)(const ck_fused_step *step, int64_t n, const N(slot) *slots) {
    if (step->kind == ck_more) return;
    N(slot) a = slots[step->a], b = slots[step->b], c = slots[step->c];
    REAL *out = slots[step->out].data;
    switch (step->kind) {
    case ck_map: N(map)(step->op, n, a.data, out); break;
    case ck_combine: N(combine_row)(step->op, n, a.data, a.stride, b.data, b.stride, out); break;
    case ck_select: N(select_row)(n, a.data, a.stride, b.data, b.stride, c.data, c.stride, out); break;
    case ck_check: N(check)(n, a.data, out); break;
    case ck_adam: N(adam)(step, n, slots); break;
    }
}

// One block: `rows` whole rows, or a part of one row.
static void N(fused_block)(const ck_fused_list *list, int64_t row, int64_t rows, int64_t column, int64_t columns,
                           REAL (*spread)[FUSED_BLOCK], N(slot) *slots) {
    int spreads = 0;
    for (int i = 0; i < list->operand_count; i++) {
        const ck_view *view = list->operands + i;
        N(slot) *slot = slots + ck_temporaries + i;
        slot->data = (REAL *)view->data + row * view->row_stride + column * view->column_stride;
        slot->stride = view->column_stride;
        if (rows == 1 || (view->column_stride == 0 && view->row_stride == 0)) continue;
        if (view->column_stride == 1 && view->row_stride == columns) continue;
        REAL *buffer = spread[spreads++];
        for (int64_t r = 0; r < rows; r++)
            for (int64_t j = 0; j < columns; j++)
                buffer[r * columns + j] = slot->data[r * view->row_stride + j * view->column_stride];
        *slot = (N(slot)){buffer, 1};
    }
    for (int i = 0; i < list->step_count; i++) N(fused_step)(list->steps + i, rows * columns, slots);
}

// A part is some of the rows; of a single row, some of the columns.
static void N(fused)(const ck_call *call, int part, int parts) {
    const ck_fused_list *list = call->a.data;
    REAL temporaries[ck_temporaries][FUSED_BLOCK] __attribute__((aligned(64)));
    REAL spread[ck_spreads][FUSED_BLOCK] __attribute__((aligned(64)));
    N(slot) slots[ck_temporaries + ck_operands];
    for (int i = 0; i < ck_temporaries; i++) slots[i] = (N(slot)){temporaries[i], 1};
    int64_t wide = call->columns < FUSED_BLOCK ? call->columns : FUSED_BLOCK;
    int64_t tall = wide > 0 && wide == call->columns ? FUSED_BLOCK / wide : 1;
    int by_rows = call->rows > 1;
    int64_t top = by_rows ? part_start(call->rows, tall, part, parts) : 0;
    int64_t bottom = by_rows ? part_start(call->rows, tall, part + 1, parts) : call->rows;
    int64_t left = by_rows ? 0 : part_start(call->columns, FUSED_BLOCK, part, parts);
    int64_t right = by_rows ? call->columns : part_start(call->columns, FUSED_BLOCK, part + 1, parts);
    for (int64_t i = top; i < bottom; i += tall)
        for (int64_t j = left; j < right; j += wide)
            N(fused_block)(list, i, bottom - i < tall ? bottom - i : tall, j, right - j < wide ? right - j : wide, spread,
                           slots);
}
