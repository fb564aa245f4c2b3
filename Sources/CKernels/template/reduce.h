// Sums, extremes and running sums, in an order that depends on the shape alone.

// Four vectors of partial sums over at most this many numbers, then on in double precision.
#define SUM_BLOCK 4096

INLINE double N(sum_block)(int64_t n, const REAL *in) {
    V s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    int64_t i = 0;
    for (; i + 4 * WIDTH <= n; i += 4 * WIDTH) {
        s0 += N(load)(in + i);
        s1 += N(load)(in + i + WIDTH);
        s2 += N(load)(in + i + 2 * WIDTH);
        s3 += N(load)(in + i + 3 * WIDTH);
    }
    for (; i + WIDTH <= n; i += WIDTH) s0 += N(load)(in + i);
    if (i < n) s1 += N(load_part)(in + i, n - i);
    V s = (s0 + s1) + (s2 + s3);
    double total = 0;
    for (int lane = 0; lane < WIDTH; lane++) total += s[lane];
    return total;
}

static REAL N(sum)(int64_t n, const REAL *in) {
    double total = 0;
    for (int64_t i = 0; i < n; i += SUM_BLOCK) total += N(sum_block)(n - i < SUM_BLOCK ? n - i : SUM_BLOCK, in + i);
    return (REAL)total;
}

// As NumPy: the first NaN is the largest and the smallest.
INLINE int N(is_better)(int op, REAL x, REAL best) {
    if (best != best) return 0;
    if (x != x) return 1;
    return op == ck_largest || op == ck_index_of_largest ? x > best : x < best;
}

static REAL N(extreme)(int op, int64_t n, int64_t step, const REAL *in) {
    int wants_index = op == ck_index_of_largest || op == ck_index_of_smallest;
    if (n == 0) return wants_index ? 0 : op == ck_largest ? -INFINITY : INFINITY;
    int64_t index = 0;
    for (int64_t i = 1; i < n; i++)
        if (N(is_better)(op, in[i * step], in[index * step])) index = i;
    return wants_index ? (REAL)index : in[index * step];
}

static void N(reduce_row)(const ck_call *call) {
    const REAL *in = call->a.data;
    REAL *out = call->out.data;
    for (int64_t i = 0; i < call->rows; i++, in += call->columns) {
        if (call->op == ck_sum) out[i] = N(sum)(call->columns, in);
        else out[i] = N(extreme)(call->op, call->columns, 1, in);
    }
}

// Sums of several vectors of columns at once: 64 rows in the element's precision, then on in double.
#define SUM_ROWS 64
#undef SUM_VECTORS
#define SUM_VECTORS (PATH_VECTORS_HELD >= 32 ? 8 : 2)

INLINE void N(sum_columns)(const int vectors, int64_t rows, int64_t stride, const REAL *in, int64_t width, REAL *out) {
    double total[SUM_VECTORS * WIDTH] = {0};
    for (int64_t start = 0; start < rows; start += SUM_ROWS) {
        int64_t end = start + SUM_ROWS < rows ? start + SUM_ROWS : rows;
        V s[SUM_VECTORS];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) s[v] = (V){0};
        for (int64_t i = start; i < end; i++)
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) {
                const REAL *numbers = in + i * stride + v * WIDTH;
                s[v] += width >= WIDTH ? N(load)(numbers) : N(load_part)(numbers, width);
            }
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++)
            for (int lane = 0; lane < WIDTH; lane++) total[v * WIDTH + lane] += s[v][lane];
    }
    for (int64_t j = 0; j < width; j++) out[j] = (REAL)total[j];
}

// Sums of 1, 2, 4 or 8 columns: a vector holds whole rows, and each lane adds up every so many of them.
static void N(sum_narrow)(int64_t rows, int64_t columns, const REAL *in, REAL *out) {
    double total[WIDTH] = {0};
    int64_t count = rows * columns, block = SUM_ROWS * WIDTH;
    for (int64_t start = 0; start < count; start += block) {
        int64_t end = start + block < count ? start + block : count, i = start;
        V s = {0};
        for (; i + WIDTH <= end; i += WIDTH) s += N(load)(in + i);
        if (i < end) s += N(load_part)(in + i, end - i);
        for (int lane = 0; lane < WIDTH; lane++) total[lane] += s[lane];
    }
    for (int64_t j = 0; j < columns; j++) {
        double sum = 0;
        for (int64_t lane = j; lane < WIDTH; lane += columns) sum += total[lane];
        out[j] = (REAL)sum;
    }
}

// A part is some of the columns.
static void N(reduce_column)(const ck_call *call, int part, int parts) {
    const REAL *in = call->a.data;
    REAL *out = call->out.data;
    int64_t rows = call->rows, columns = call->columns;
    if (call->op == ck_sum && columns < WIDTH && columns > 0 && WIDTH % columns == 0) {
        if (part == 0) N(sum_narrow)(rows, columns, in, out);
        return;
    }
    int64_t left = part_start(columns, WIDTH, part, parts), right = part_start(columns, WIDTH, part + 1, parts);
    if (call->op == ck_sum) {
        int64_t j = left;
        for (; j + SUM_VECTORS * WIDTH <= right; j += SUM_VECTORS * WIDTH)
            N(sum_columns)(SUM_VECTORS, rows, columns, in + j, SUM_VECTORS * WIDTH, out + j);
        for (; j < right; j += WIDTH)
            N(sum_columns)(1, rows, columns, in + j, right - j < WIDTH ? right - j : WIDTH, out + j);
        return;
    }
    for (int64_t j = left; j < right; j++) out[j] = N(extreme)(call->op, rows, columns, in + j);
}

static void N(cumulate)(const ck_call *call) {
    for (int64_t i = 0; i < call->rows; i++) {
        const REAL *in = (const REAL *)call->a.data + i * call->a.row_stride;
        REAL *out = (REAL *)call->out.data + i * call->out.row_stride;
        int64_t is = call->a.column_stride, os = call->out.column_stride, n = call->columns;
        double total = 0;
        if (call->op == 0)
            for (int64_t j = 0; j < n; j++) out[j * os] = (REAL)(total += in[j * is]);
        else
            for (int64_t j = n - 1; j >= 0; j--) out[j * os] = (REAL)(total += in[j * is]);
    }
}
