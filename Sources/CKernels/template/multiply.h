// The matrix product. A tile of the result stays in registers while the depth runs. Every element is summed in the
// order of the depth, whatever the tile it falls in, so its bits depend on its row and its column alone. Only products of
// one or two columns have an order of their own, see thin.h; in these too the number of rows does not matter.

// How many vectors of sums stay in registers. Two FMA units of four cycles' latency need eight at least; more of them
// want fewer loads for each FMA. Of 32 registers of 64 bytes 16 are sums (8 rows of 2 vectors: 10 loads for 16 FMAs).
// Where a vector takes two registers of 16, or four, 6 and 2 are what is left beside the operands.
#undef PREFERRED_VECTORS
#undef SUMS
#if PATH_VECTORS_HELD >= 32
#define SUMS 16
#define PREFERRED_VECTORS 2
#elif PATH_VECTORS_HELD >= 8
#define SUMS 6
#define PREFERRED_VECTORS 1
#else
#define SUMS 2
#define PREFERRED_VECTORS 1
#endif

// The right-hand panel is packed on the stack in 32 kB, and the rows of the left are taken so many at a time that
// what is read again for every panel stays in the second cache.
#undef PANEL_BYTES
#undef BLOCK_ROWS
#define PANEL_BYTES 32768
#define BLOCK_ROWS (2048 / (int)sizeof(REAL))
#undef PANEL_NUMBERS
#define PANEL_NUMBERS (PANEL_BYTES / (int)sizeof(REAL))

typedef struct {
    int64_t depth;
    const REAL *a;
    int64_t a_row, a_column;
    const REAL *b;
    int64_t b_row;
    REAL *out;
    int64_t out_row;
    int accumulate; // goes on from what is in out
    int finish;     // the call's op, once the depth is at its end
    const REAL *c;
    int64_t c_row, c_column;
} N(block);

INLINE V N(finished)(const N(block) *x, V sum, int row, int v) {
    const REAL *c = x->c + row * x->c_row + v * WIDTH * x->c_column;
    V other = x->c_column ? N(load)(c) : N(splat)(c[0]);
    if (x->finish == ck_times_step) return N(times_step)(sum, other);
    V shifted = sum + other;
    return x->finish == ck_plus_relu ? N(relu)(shifted) : shifted;
}

INLINE void N(tile)(const int rows, const int vectors, const N(block) *x) {
    V sum[SUMS];
    // Eight pointers, and one offset for eight rows: left to itself the compiler walks from row to row by additions,
    // each of which waits for the one before. The empty instruction hides how they hang together.
    const REAL *row[8], *b = x->b;
    int64_t low = 0, high = 8 * x->a_row;
    const int64_t a_column = x->a_column, b_row = x->b_row;
#pragma clang loop unroll(full)
    for (int i = 0; i < rows && i < 8; i++) {
        row[i] = x->a + i * x->a_row;
        __asm__("" : "+r"(row[i]));
    }
    __asm__("" : "+r"(high));
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++)
            sum[i * vectors + v] = x->accumulate ? N(load)(x->out + i * x->out_row + v * WIDTH) : (V){0};
    for (int64_t k = x->depth; k > 0; k--, low += a_column, high += a_column, b += b_row) {
        V right[8];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) right[v] = N(load)(b + v * WIDTH);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            V left = N(splat)(row[i & 7][i < 8 ? low : high]);
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) sum[i * vectors + v] = left * right[v] + sum[i * vectors + v];
        }
    }
    if (x->finish != ck_plain)
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) sum[i * vectors + v] = N(finished)(x, sum[i * vectors + v], i, v);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) N(store)(x->out + i * x->out_row + v * WIDTH, sum[i * vectors + v]);
}

#undef TILE
#define TILE(rows, vectors)                                                      \
    case (rows) * 16 + (vectors):                                                \
        if ((rows) * (vectors) <= SUMS) N(tile)(rows, vectors, x);               \
        break;

static void N(any_tile)(int rows, int vectors, const N(block) *x) {
    switch (rows * 16 + vectors) {
        TILE(1, 1) TILE(2, 1) TILE(3, 1) TILE(4, 1) TILE(5, 1) TILE(6, 1) TILE(7, 1) TILE(8, 1)
        TILE(9, 1) TILE(10, 1) TILE(11, 1) TILE(12, 1) TILE(13, 1) TILE(14, 1) TILE(15, 1) TILE(16, 1)
        TILE(1, 2) TILE(2, 2) TILE(3, 2) TILE(4, 2) TILE(5, 2) TILE(6, 2) TILE(7, 2) TILE(8, 2)
        TILE(1, 4) TILE(2, 4) TILE(3, 4) TILE(4, 4) TILE(1, 8) TILE(2, 8)
    }
}

// Rows of the panel from a right-hand side whose columns lie apart: blocks of WIDTH by WIDTH, turned in registers.
static void N(pack_turned)(int64_t depth, int width, int padded, const REAL *b, const ck_view *view, REAL *panel) {
    for (int j = 0; j < padded; j += WIDTH) {
        int64_t k = 0;
        const REAL *columns = b + j * view->column_stride;
        for (; view->row_stride == 1 && j + WIDTH <= width && k + WIDTH <= depth; k += WIDTH) {
            V block[WIDTH];
            for (int l = 0; l < WIDTH; l++) block[l] = N(load)(columns + l * view->column_stride + k);
            N(transpose)(block);
            for (int l = 0; l < WIDTH; l++) N(store)(panel + (k + l) * padded + j, block[l]);
        }
        for (; k < depth; k++)
            for (int l = 0; l < WIDTH; l++)
                panel[k * padded + j + l] = j + l < width ? columns[l * view->column_stride + k * view->row_stride] : 0;
    }
}

static void N(pack)(int64_t depth, int width, int padded, const REAL *b, const ck_view *view, REAL *panel) {
    if (view->column_stride != 1) return N(pack_turned)(depth, width, padded, b, view, panel);
    int whole = width / WIDTH * WIDTH;
    for (int64_t k = 0; k < depth; k++) {
        const REAL *row = b + k * view->row_stride;
        for (int j = 0; j < whole; j += WIDTH) N(store)(panel + k * padded + j, N(load)(row + j));
        for (int j = whole; j < padded; j++) panel[k * padded + j] = j < width ? row[j] : 0;
    }
}

// A tile that is not whole, or not contiguous, is computed in a whole one on the side.
static void N(ragged_tile)(int rows, int vectors, int width, const N(block) *x, int64_t out_column) {
    REAL sums[SUMS * WIDTH], others[SUMS * WIDTH];
    int padded = vectors * WIDTH;
    N(block) side = *x;
    side.out = sums;
    side.out_row = side.c_row = padded;
    side.c_column = 1;
    side.c = others;
    for (int i = 0; i < rows * padded; i++) sums[i] = others[i] = 0;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < width; j++) {
            if (x->accumulate) sums[i * padded + j] = x->out[i * x->out_row + j * out_column];
            if (x->finish != ck_plain) others[i * padded + j] = x->c[i * x->c_row + j * x->c_column];
        }
    N(any_tile)(rows, vectors, &side);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < width; j++) x->out[i * x->out_row + j * out_column] = sums[i * padded + j];
}

// One panel of columns and one stretch of depth, for some rows.
static void N(panel_rows)(const ck_call *call, int64_t rows, int vectors, int width, N(block) x) {
    int tall = SUMS / vectors;
    int is_whole = width == vectors * WIDTH && call->out.column_stride == 1
        && (call->op == ck_plain || x.c_column == 0 || x.c_column == 1);
    for (int64_t i = 0; i < rows; i += tall) {
        int count = rows - i < tall ? (int)(rows - i) : tall;
        if (is_whole) N(any_tile)(count, vectors, &x);
        else N(ragged_tile)(count, vectors, width, &x, call->out.column_stride);
        x.a += tall * x.a_row;
        x.out += tall * x.out_row;
        if (x.c) x.c += tall * x.c_row;
    }
}

// Vectors in a panel: as many as the columns fill, and more when there are few rows.
static int N(panel_vectors)(int64_t rows, int64_t columns) {
    int vectors = PREFERRED_VECTORS;
    while (vectors < 8 && rows <= SUMS / (2 * vectors)) vectors *= 2;
    while (vectors > 1 && columns <= vectors / 2 * WIDTH) vectors /= 2;
    return vectors;
}

// Some rows of the result, panel by panel.
static void N(multiply_rows)(const ck_call *call, int64_t from, int64_t rows) {
    REAL panel[PANEL_NUMBERS] __attribute__((aligned(64)));
    int vectors = N(panel_vectors)(rows, call->columns), padded = vectors * WIDTH;
    int64_t deep = PANEL_NUMBERS / padded;
    for (int64_t k = 0; k == 0 || k < call->depth; k += deep) {
        int64_t depth = call->depth - k < deep ? call->depth - k : deep;
        for (int64_t j = 0; j < call->columns; j += padded) {
            int width = call->columns - j < padded ? (int)(call->columns - j) : padded;
            N(block) x = {
                .depth = depth,
                .a = (const REAL *)call->a.data + from * call->a.row_stride + k * call->a.column_stride,
                .a_row = call->a.row_stride,
                .a_column = call->a.column_stride,
                .b = (const REAL *)call->b.data + k * call->b.row_stride + j * call->b.column_stride,
                .b_row = call->b.row_stride,
                .out = (REAL *)call->out.data + from * call->out.row_stride + j * call->out.column_stride,
                .out_row = call->out.row_stride,
                .accumulate = k > 0,
                .finish = k + depth == call->depth ? call->op : ck_plain,
                .c_row = call->c.row_stride,
                .c_column = call->c.column_stride,
            };
            if (call->op != ck_plain)
                x.c = (const REAL *)call->c.data + from * call->c.row_stride + j * call->c.column_stride;
            int is_strided = call->b.column_stride != 1 || width != padded;
            if (is_strided || (rows > 4 * SUMS / vectors && call->b.row_stride != padded)) {
                N(pack)(depth, width, padded, x.b, &call->b, panel);
                x.b = panel;
                x.b_row = padded;
            }
            N(panel_rows)(call, rows, vectors, width, x);
        }
    }
}

#include "thin.h"

INLINE ck_view N(turned)(ck_view view) { return (ck_view){view.data, view.column_stride, view.row_stride}; }

// By rows where there are enough of them for tiles, else by columns.
static void N(multiply_part)(ck_call *call, int part, int parts) {
    int64_t first = 0, end = call->rows;
    int is_shallow = N(is_shallow)(call);
    if (call->rows >= SUMS * parts) {
        first = part_start(call->rows, SUMS, part, parts);
        end = part_start(call->rows, SUMS, part + 1, parts);
    } else {
        int64_t left = part_start(call->columns, 8 * WIDTH, part, parts);
        call->columns = part_start(call->columns, 8 * WIDTH, part + 1, parts) - left;
        call->b.data = (REAL *)call->b.data + left * call->b.column_stride;
        call->c.data = (REAL *)call->c.data + (call->op == ck_plain ? 0 : left * call->c.column_stride);
        call->out.data = (REAL *)call->out.data + left * call->out.column_stride;
    }
    if (is_shallow) return N(multiply_shallow)(call, first, end - first);
    for (int64_t i = first; i < end; i += BLOCK_ROWS)
        N(multiply_rows)(call, i, end - i < BLOCK_ROWS ? end - i : BLOCK_ROWS);
}

static void N(multiply)(const ck_call *given, int part, int parts) {
    ck_call call = *given;
    if (call.rows <= 0 || call.columns <= 0) return;
    if (N(is_narrow)(&call)) {
        N(multiply_narrow)(&call, part_start(call.rows, WIDTH, part, parts), part_start(call.rows, WIDTH, part + 1, parts));
        return;
    }
    // With few columns most of a vector would be idle: the result is computed turned, rows as columns.
    if (call.columns <= WIDTH / 2 && call.columns < call.rows) {
        call.rows = given->columns;
        call.columns = given->rows;
        call.a = N(turned)(given->b);
        call.b = N(turned)(given->a);
        call.c = N(turned)(given->c);
        call.out = N(turned)(given->out);
    }
    N(multiply_part)(&call, part, parts);
}
