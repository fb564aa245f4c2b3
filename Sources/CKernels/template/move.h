// Copies between strided views, rows picked by index, and their transposes.

static void N(copy_tile)(int64_t rows, int64_t columns, const REAL *in, const ck_view *a, REAL *out, const ck_view *o) {
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++)
            out[i * o->row_stride + j * o->column_stride] = in[i * a->row_stride + j * a->column_stride];
}

static void N(copy)(const ck_call *call) {
    const REAL *in = call->a.data;
    REAL *out = call->out.data;
    int64_t rows = call->rows, columns = call->columns;
    const ck_view *a = &call->a, *o = &call->out;
    if (rows <= 0 || columns <= 0) return;
    if (a->column_stride == 1 && o->column_stride == 1) {
        if (a->row_stride == columns && o->row_stride == columns) {
            columns *= rows;
            rows = 1;
        }
        for (int64_t i = 0; i < rows; i++)
            memmove(out + i * o->row_stride, in + i * a->row_stride, (size_t)columns * sizeof(REAL));
        return;
    }
    enum { tile = 16 };
    for (int64_t i = 0; i < rows; i += tile)
        for (int64_t j = 0; j < columns; j += tile)
            N(copy_tile)(rows - i < tile ? rows - i : tile, columns - j < tile ? columns - j : tile,
                         in + i * a->row_stride + j * a->column_stride, a,
                         out + i * o->row_stride + j * o->column_stride, o);
}

static void N(fill)(const ck_call *call) {
    REAL value = (REAL)call->scalar;
    for (int64_t i = 0; i < call->rows; i++) {
        REAL *out = (REAL *)call->out.data + i * call->out.row_stride;
        for (int64_t j = 0; j < call->columns; j++) out[j * call->out.column_stride] = value;
    }
}

// An index that is no row (or no number) is taken to the nearest row, so that no memory but the matrix is touched.
INLINE int64_t N(row_index)(REAL x, int64_t rows) {
    if (!(x > 0)) return 0;
    return x < (REAL)rows ? (int64_t)x : rows - 1;
}

static void N(gather)(const ck_call *call) {
    const REAL *in = call->a.data, *indices = call->b.data;
    REAL *out = call->out.data;
    if (call->depth <= 0) return;
    for (int64_t i = 0; i < call->rows; i++) {
        const REAL *row = in + N(row_index)(indices[i], call->depth) * call->columns;
        for (int64_t j = 0; j < call->columns; j++) out[i * call->columns + j] = row[j];
    }
}

static void N(scatter_add)(const ck_call *call) {
    const REAL *in = call->a.data, *indices = call->b.data;
    REAL *out = call->out.data;
    for (int64_t i = 0; i < call->rows * call->columns; i++) out[i] = 0;
    if (call->rows <= 0) return;
    for (int64_t i = 0; i < call->depth; i++) {
        REAL *row = out + N(row_index)(indices[i], call->rows) * call->columns;
        for (int64_t j = 0; j < call->columns; j++) row[j] += in[i * call->columns + j];
    }
}
