// Products that are thin: hardly any depth, or hardly any columns. Tiles would spend their time on beginnings and ends.

// How deep a product is at most to be called shallow: the rows of the right-hand side stay in registers, and the result
// is written row by row, as memory likes it. The sums are those of a tile, bit for bit.
#undef SHALLOW
#undef SHALLOW_VECTORS
#define SHALLOW 2
#if PATH_VECTORS_HELD >= 32
#define SHALLOW_VECTORS 8
#elif PATH_VECTORS_HELD >= 8
#define SHALLOW_VECTORS 2
#else
#define SHALLOW_VECTORS 1
#endif

// Some rows of so many vectors, of a product that is so deep and finished so.
INLINE void N(shallow_rows)(const int depth, const int vectors, const int finish, int64_t rows, const N(block) *x) {
    V right[SHALLOW][SHALLOW_VECTORS], shared[SHALLOW_VECTORS];
    const int is_shared = x->c_row == 0;
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
#pragma clang loop unroll(full)
        for (int k = 0; k < depth; k++) right[k][v] = N(load)(x->b + k * x->b_row + v * WIDTH);
        shared[v] = finish == ck_plain || !is_shared ? (V){0}
            : x->c_column                            ? N(load)(x->c + v * WIDTH)
                                                     : N(splat)(x->c[0]);
    }
    for (int64_t i = 0; i < rows; i++) {
        V left[SHALLOW];
#pragma clang loop unroll(full)
        for (int k = 0; k < depth; k++) left[k] = N(splat)(x->a[i * x->a_row + k * x->a_column]);
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            V sum = left[0] * right[0][v] + (V){0};
            if (depth > 1) sum = left[1] * right[1][v] + sum;
            if (finish != ck_plain) {
                const REAL *c = x->c + i * x->c_row + v * WIDTH * x->c_column;
                V other = is_shared ? shared[v] : x->c_column ? N(load)(c) : N(splat)(c[0]);
                sum = finish == ck_times_step ? N(times_step)(sum, other)
                    : finish == ck_plus_relu  ? N(relu)(sum + other)
                                              : sum + other;
            }
            N(store)(x->out + i * x->out_row + v * WIDTH, sum);
        }
    }
}

static void N(shallow_panel)(int depth, int vectors, int finish, int64_t rows, const N(block) *x) {
#undef SHALLOW_CASE
#define SHALLOW_CASE(depth, vectors, finish)                                                                       \
    case ((depth) * 16 + (vectors)) * 8 + (finish):                                                                \
        if ((vectors) <= SHALLOW_VECTORS) N(shallow_rows)(depth, vectors, finish, rows, x);                        \
        break;
#undef SHALLOW_CASES
#define SHALLOW_CASES(depth, vectors)                                                                              \
    SHALLOW_CASE(depth, vectors, ck_plain) SHALLOW_CASE(depth, vectors, ck_plus)                                   \
    SHALLOW_CASE(depth, vectors, ck_plus_relu) SHALLOW_CASE(depth, vectors, ck_times_step)
    switch ((depth * 16 + vectors) * 8 + finish) {
        SHALLOW_CASES(1, 1) SHALLOW_CASES(1, 2) SHALLOW_CASES(1, 8)
        SHALLOW_CASES(2, 1) SHALLOW_CASES(2, 2) SHALLOW_CASES(2, 8)
    }
}

static int N(is_shallow)(const ck_call *call) {
    return call->depth > 0 && call->depth <= SHALLOW && call->columns >= WIDTH && call->columns % WIDTH == 0
        && call->out.column_stride == 1 && (call->op == ck_plain || call->c.column_stride == 0 || call->c.column_stride == 1);
}

static void N(multiply_shallow)(const ck_call *call, int64_t from, int64_t rows) {
    REAL panel[SHALLOW * SHALLOW_VECTORS * WIDTH] __attribute__((aligned(64)));
    for (int64_t j = 0; j < call->columns;) {
        int64_t left = (call->columns - j) / WIDTH;
        int vectors = left >= SHALLOW_VECTORS ? SHALLOW_VECTORS : left >= 2 && SHALLOW_VECTORS > 2 ? 2 : 1;
        N(block) x = {
            .a = (const REAL *)call->a.data + from * call->a.row_stride,
            .a_row = call->a.row_stride,
            .a_column = call->a.column_stride,
            .b = (const REAL *)call->b.data + j * call->b.column_stride,
            .b_row = call->b.row_stride,
            .out = (REAL *)call->out.data + from * call->out.row_stride + j,
            .out_row = call->out.row_stride,
            .c_row = call->c.row_stride,
            .c_column = call->c.column_stride,
        };
        if (call->op != ck_plain) x.c = (const REAL *)call->c.data + from * call->c.row_stride + j * call->c.column_stride;
        if (call->b.column_stride != 1) {
            for (int64_t k = 0; k < call->depth; k++)
                for (int l = 0; l < vectors * WIDTH; l++)
                    panel[k * vectors * WIDTH + l] = x.b[k * call->b.row_stride + l * call->b.column_stride];
            x.b = panel;
            x.b_row = vectors * WIDTH;
        }
        N(shallow_panel)((int)call->depth, vectors, call->op, rows, &x);
        j += vectors * WIDTH;
    }
}

// A product of few columns, where the rows of the left and the columns of the right run along the depth: each sum is kept
// in a vector, every so many-th number to a lane, and as many sums as a vector has lanes are added up together.
#undef NARROW_DEPTH
#define NARROW_DEPTH 1024

static int N(is_narrow)(const ck_call *call) {
    return (call->columns == 1 || call->columns == 2) && call->a.column_stride == 1 && call->depth >= 2 * WIDTH
        && call->depth <= NARROW_DEPTH;
}

// The sums of the lanes of so many vectors, in the vectors' order.
INLINE V N(lane_sums)(V sums[WIDTH]) {
    N(transpose)(sums);
#pragma clang loop unroll(full)
    for (int half = WIDTH / 2; half > 0; half /= 2)
#pragma clang loop unroll(full)
        for (int i = 0; i < half; i++) sums[i] = sums[i] + sums[i + half];
    return sums[0];
}

// As many rows as give WIDTH sums.
INLINE V N(narrow_rows)(const int columns, int64_t depth, const REAL *a, int64_t a_row, const REAL *right) {
    V sums[WIDTH];
#pragma clang loop unroll(full)
    for (int i = 0; i < WIDTH; i++) sums[i] = (V){0};
    for (int64_t k = 0; k < depth; k += WIDTH) {
        V other[2];
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) other[j] = N(load)(right + j * NARROW_DEPTH + k);
#pragma clang loop unroll(full)
        for (int i = 0; i < WIDTH / columns; i++) {
            V row = depth - k >= WIDTH ? N(load)(a + i * a_row + k) : N(load_part)(a + i * a_row + k, depth - k);
#pragma clang loop unroll(full)
            for (int j = 0; j < columns; j++) sums[i * columns + j] = row * other[j] + sums[i * columns + j];
        }
    }
    return N(lane_sums)(sums);
}

// What some rows of sums are finished with.
INLINE void N(narrow_others)(const ck_call *call, int64_t row, REAL others[WIDTH]) {
    for (int l = 0; l < WIDTH; l++) {
        int64_t at = row + l / call->columns < call->rows ? row + l / call->columns : call->rows - 1;
        others[l] = ((const REAL *)call->c.data)[at * call->c.row_stride + l % call->columns * call->c.column_stride];
    }
}

static void N(multiply_narrow)(const ck_call *call, int64_t from, int64_t end) {
    REAL right[2 * NARROW_DEPTH] __attribute__((aligned(64)));
    int columns = (int)call->columns, tall = WIDTH / columns;
    int64_t depth = call->depth, padded = (depth + WIDTH - 1) / WIDTH * WIDTH;
    for (int j = 0; j < columns; j++) {
        const REAL *column = (const REAL *)call->b.data + j * call->b.column_stride;
        for (int64_t k = 0; k < depth; k++) right[j * NARROW_DEPTH + k] = column[k * call->b.row_stride];
        for (int64_t k = depth; k < padded; k++) right[j * NARROW_DEPTH + k] = 0;
    }
    int is_flat = call->out.column_stride == 1 && call->out.row_stride == columns;
    REAL others[WIDTH];
    if (call->op != ck_plain && call->c.row_stride == 0) N(narrow_others)(call, 0, others);
    for (int64_t i = from; i < end; i += call->rows < tall ? 1 : tall) {
        // The last rows are taken once more with some that are done: the same numbers again. Where there are not enough of
        // them at all, one is taken several times.
        int is_short = call->rows < tall;
        int64_t row = is_short || i + tall <= call->rows ? i : call->rows - tall;
        const REAL *a = (const REAL *)call->a.data + row * call->a.row_stride;
        int64_t a_row = is_short ? 0 : call->a.row_stride;
        V sum = columns == 1 ? N(narrow_rows)(1, depth, a, a_row, right) : N(narrow_rows)(2, depth, a, a_row, right);
        if (call->op != ck_plain) {
            if (call->c.row_stride != 0) N(narrow_others)(call, row, others);
            N(block) finish = {.finish = call->op, .c = others, .c_column = 1};
            sum = N(finished)(&finish, sum, 0, 0);
        }
        REAL *out = (REAL *)call->out.data + row * call->out.row_stride;
        if (is_flat && !is_short && row == i && i + tall <= end) {
            N(store)(out, sum);
            continue;
        }
        REAL sums[WIDTH];
        N(store)(sums, sum);
        int64_t last = is_short ? i + 1 : end;
        for (int l = (int)(i - row) * columns; l < WIDTH && row + l / columns < last; l++)
            out[l / columns * call->out.row_stride + l % columns * call->out.column_stride] = sums[l];
    }
}
