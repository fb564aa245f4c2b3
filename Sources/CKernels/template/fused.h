// Many elementwise steps in one call: block by block, so that what one step leaves is still in the first cache when
// the next one reads it. Each step is the very loop that a call of its own would run, so it gives the same bits.

#undef FUSED_BLOCK
#define FUSED_BLOCK (2048 / (int)sizeof(REAL))

// Leaves a NaN where any of them is not finite. Whoever finds one writes the same, so that threads may share the place.
static void N(check)(int64_t n, const REAL *x, REAL *out) {
    V sum = {0};
    int64_t i = 0;
    for (; i + WIDTH <= n; i += WIDTH) sum += N(load)(x + i) * 0;
    if (i < n) sum += N(load_part)(x + i, n - i) * 0;
    REAL total = 0;
    for (int lane = 0; lane < WIDTH; lane++) total += sum[lane];
    const REAL nan = NAN;
    UINT bits;
    memcpy(&bits, &nan, sizeof bits);
    if (total != 0) __atomic_store_n((UINT *)(void *)out, bits, __ATOMIC_RELAXED);
}

// Where a step finds an operand: at a stride of 0 one number stands for all.
typedef struct {
    REAL *data;
    int64_t stride;
} N(slot);

static void N(fused_step)(const ck_fused_step *step, int64_t n, const N(slot) *slots) {
    N(slot) a = slots[step->a], b = slots[step->b], c = slots[step->c];
    REAL *out = slots[step->out].data;
    switch (step->kind) {
    case ck_map: N(map)(step->op, n, a.data, out); break;
    case ck_combine: N(combine_row)(step->op, n, a.data, a.stride, b.data, b.stride, out); break;
    case ck_select: N(select_row)(n, a.data, a.stride, b.data, b.stride, c.data, c.stride, out); break;
    case ck_check: N(check)(n, a.data, out); break;
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
