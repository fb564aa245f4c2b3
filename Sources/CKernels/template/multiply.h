// The matrix product. A tile of up to 8 rows and 2 vectors of columns stays in registers while the depth runs;
// its right-hand panel is packed on the stack, 256 deep, when it is strided, ragged or used often.
// Every element of the result is summed in the order of the depth, whatever the tile it falls in.

#define TILE_ROWS 8
#define PANEL_DEPTH 256
#undef PANEL
#define PANEL (2 * WIDTH)

INLINE void N(tile)(const int rows, const int vectors, int64_t depth, const REAL *a, int64_t a_row, int64_t a_column,
                    const REAL *b, int64_t b_row, REAL *out, int64_t out_row, int accumulate) {
    V sum[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++)
            sum[i][v] = accumulate ? N(load)(out + i * out_row + v * WIDTH) : (V){0};
    for (int64_t k = 0; k < depth; k++) {
        V right[2];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) right[v] = N(load)(b + k * b_row + v * WIDTH);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            V left = N(splat)(a[i * a_row + k * a_column]);
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) sum[i][v] = left * right[v] + sum[i][v];
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) N(store)(out + i * out_row + v * WIDTH, sum[i][v]);
}

#undef TILE
#define TILE(rows)                                                                                        \
    case rows:                                                                                            \
        if (vectors == 2) N(tile)(rows, 2, depth, a, a_row, a_column, b, b_row, out, out_row, accumulate); \
        else N(tile)(rows, 1, depth, a, a_row, a_column, b, b_row, out, out_row, accumulate);             \
        break;

static void N(any_tile)(int rows, int vectors, int64_t depth, const REAL *a, int64_t a_row, int64_t a_column,
                        const REAL *b, int64_t b_row, REAL *out, int64_t out_row, int accumulate) {
    switch (rows) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8)
    }
}

static void N(pack)(int64_t depth, int width, int padded, const REAL *b, const ck_view *view, REAL *panel) {
    for (int64_t k = 0; k < depth; k++)
        for (int j = 0; j < padded; j++)
            panel[k * padded + j] = j < width ? b[k * view->row_stride + j * view->column_stride] : 0;
}

// One panel of columns and one stretch of depth, for all rows. A ragged panel goes by way of a padded tile.
static void N(panel_rows)(const ck_call *call, int width, int padded, int64_t depth, const REAL *a, const REAL *b,
                          int64_t b_row, REAL *out, int accumulate) {
    int vectors = padded / WIDTH;
    int64_t out_row = call->out.row_stride;
    REAL edge[TILE_ROWS * PANEL];
    for (int64_t i = 0; i < call->rows; i += TILE_ROWS) {
        int rows = call->rows - i < TILE_ROWS ? (int)(call->rows - i) : TILE_ROWS;
        const REAL *left = a + i * call->a.row_stride;
        REAL *result = out + i * out_row;
        if (width == padded) {
            N(any_tile)(rows, vectors, depth, left, call->a.row_stride, call->a.column_stride, b, b_row, result,
                        out_row, accumulate);
            continue;
        }
        memset(edge, 0, sizeof edge);
        if (accumulate)
            for (int r = 0; r < rows; r++)
                for (int j = 0; j < width; j++) edge[r * padded + j] = result[r * out_row + j];
        N(any_tile)(rows, vectors, depth, left, call->a.row_stride, call->a.column_stride, b, b_row, edge, padded,
                    accumulate);
        for (int r = 0; r < rows; r++)
            for (int j = 0; j < width; j++) result[r * out_row + j] = edge[r * padded + j];
    }
}

static void N(multiply)(const ck_call *call) {
    if (call->rows <= 0 || call->columns <= 0) return;
    if (call->depth <= 0) {
        ck_call zero = *call;
        zero.scalar = 0;
        N(fill)(&zero);
        return;
    }
    REAL panel[PANEL_DEPTH * PANEL] __attribute__((aligned(64)));
    for (int64_t j = 0; j < call->columns; j += PANEL) {
        int width = call->columns - j < PANEL ? (int)(call->columns - j) : PANEL;
        int padded = width > WIDTH ? PANEL : WIDTH;
        int packs = call->b.column_stride != 1 || width != padded || call->rows > 4 * TILE_ROWS;
        for (int64_t k = 0; k < call->depth; k += PANEL_DEPTH) {
            int64_t depth = call->depth - k < PANEL_DEPTH ? call->depth - k : PANEL_DEPTH;
            const REAL *b = (const REAL *)call->b.data + k * call->b.row_stride + j * call->b.column_stride;
            int64_t b_row = call->b.row_stride;
            if (packs) {
                N(pack)(depth, width, padded, b, &call->b, panel);
                b = panel;
                b_row = padded;
            }
            N(panel_rows)(call, width, padded, depth, (const REAL *)call->a.data + k * call->a.column_stride, b, b_row,
                          (REAL *)call->out.data + j, k > 0);
        }
    }
}
