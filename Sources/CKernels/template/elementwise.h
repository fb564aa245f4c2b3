// One number in, one number out; and two in, one out, with broadcasting.

#undef MAP
#undef MAP_EACH
#define MAP(expression)                                             \
    {                                                               \
        int64_t i = 0;                                              \
        for (; i + WIDTH <= n; i += WIDTH) {                        \
            V x = N(load)(in + i);                                  \
            N(store)(out + i, expression);                          \
        }                                                           \
        if (i < n) {                                                \
            V x = N(load_part)(in + i, n - i);                      \
            N(store_part)(out + i, expression, n - i);              \
        }                                                           \
        break;                                                      \
    }
#define MAP_EACH(expression)                                        \
    for (int64_t i = 0; i < n; i++) {                               \
        REAL x = in[i];                                             \
        out[i] = expression;                                        \
    }                                                               \
    break;

static void N(map)(int op, int64_t n, const REAL *in, REAL *out) {
    switch (op) {
    case ck_identity: if (n > 0) memmove(out, in, (size_t)n * sizeof(REAL)); break;
    case ck_negate: MAP(-x)
    case ck_absolute: MAP(N(absolute)(x))
    case ck_sign: MAP(N(choose)(x != x, x, N(one_where)(x > 0) - N(one_where)(x < 0)))
    case ck_step: MAP(N(step)(x))
    case ck_reciprocal: MAP(1 / x)
    case ck_square: MAP(x * x)
    case ck_square_root: MAP(__builtin_elementwise_sqrt(x))
    case ck_exp: MAP(N(exp)(x))
    case ck_expm1: MAP(N(expm1)(x))
    case ck_log: MAP(N(log)(x))
    case ck_log1p: MAP(N(log1p)(x))
    case ck_log2: MAP(N(log2)(x))
    case ck_log10: MAP(N(log10)(x))
    case ck_sin: MAP(N(sin)(x))
    case ck_cos: MAP(N(cos)(x))
    case ck_tan: MAP_EACH(LIBM(tan)(x))
    case ck_tanh: MAP(N(tanh)(x))
    case ck_sigmoid: MAP(N(sigmoid)(x))
    case ck_softplus: MAP(N(softplus)(x))
    case ck_relu: MAP(N(relu)(x))
#if PRECISION == 32
    case ck_erf: MAP(erf_f32(x))
#else
    case ck_erf: MAP_EACH(erf(x))
#endif
    case ck_floor: MAP(__builtin_elementwise_floor(x))
    case ck_ceil: MAP(__builtin_elementwise_ceil(x))
    case ck_round: MAP(__builtin_elementwise_roundeven(x))
    case ck_is_nan: MAP(N(one_where)(x != x))
    case ck_atan: MAP(N(atan)(x))
    }
}

// a**b for one exponent: the common ones without the general function
INLINE REAL N(power)(REAL x, REAL y) {
    if (y == 2) return x * x;
    if (y == 1) return x;
    return LIBM(pow)(x, y);
}
// NumPy's: the sign of the divisor
INLINE REAL N(remainder)(REAL x, REAL y) {
    REAL r = LIBM(fmod)(x, y);
    if (r == 0) return LIBM(copysign)(0, y);
    return (r < 0) != (y < 0) ? r + y : r;
}
// NumPy's: floor(x / y), but exact where the quotient's rounding would step over an integer
INLINE REAL N(floor_divide)(REAL x, REAL y) {
    if (y == 0) return x / y;
    REAL r = N(remainder)(x, y), q = (x - r) / y, f = LIBM(__builtin_floor)(q);
    return q - f > (REAL)0.5 ? f + 1 : f;
}

// One row. A step of 0 repeats the first number.
#undef COMBINE
#undef COMBINE_EACH
#define COMBINE(expression)                                                                       \
    {                                                                                             \
        V repeated_a = N(splat)(as ? 0 : *a), repeated_b = N(splat)(bs ? 0 : *b);                 \
        int64_t i = 0;                                                                            \
        if (as && bs) {                                                                           \
            for (; i + WIDTH <= n; i += WIDTH) {                                                  \
                V x = N(load)(a + i), y = N(load)(b + i);                                         \
                N(store)(out + i, expression);                                                    \
            }                                                                                     \
        } else if (as) {                                                                          \
            for (; i + WIDTH <= n; i += WIDTH) {                                                  \
                V x = N(load)(a + i), y = repeated_b;                                             \
                N(store)(out + i, expression);                                                    \
            }                                                                                     \
        } else {                                                                                  \
            for (; i + WIDTH <= n; i += WIDTH) {                                                  \
                V x = repeated_a, y = bs ? N(load)(b + i) : repeated_b;                           \
                N(store)(out + i, expression);                                                    \
            }                                                                                     \
        }                                                                                         \
        if (i < n) {                                                                              \
            V x = as ? N(load_part)(a + i, n - i) : repeated_a;                                   \
            V y = bs ? N(load_part)(b + i, n - i) : repeated_b;                                   \
            N(store_part)(out + i, expression, n - i);                                            \
        }                                                                                         \
        break;                                                                                    \
    }
#define COMBINE_EACH(expression)                                                                  \
    for (int64_t i = 0; i < n; i++) {                                                             \
        REAL x = a[i * as], y = b[i * bs];                                                        \
        out[i] = expression;                                                                      \
    }                                                                                             \
    break;

static void N(combine_row)(int op, int64_t n, const REAL *a, int64_t as, const REAL *b, int64_t bs, REAL *out) {
    switch (op) {
    case ck_add: COMBINE(x + y)
    case ck_subtract: COMBINE(x - y)
    case ck_times: COMBINE(x * y)
    case ck_divide: COMBINE(x / y)
    case ck_power: COMBINE_EACH(N(power)(x, y))
    case ck_maximum: COMBINE(N(choose)((x > y) | (x != x), x, y))
    case ck_minimum: COMBINE(N(choose)((x < y) | (x != x), x, y))
    case ck_remainder: COMBINE_EACH(N(remainder)(x, y))
    case ck_floor_divide: COMBINE_EACH(N(floor_divide)(x, y))
    case ck_equal: COMBINE(N(one_where)(x == y))
    case ck_not_equal: COMBINE(N(one_where)(x != y))
    case ck_less: COMBINE(N(one_where)(x < y))
    case ck_less_or_equal: COMBINE(N(one_where)(x <= y))
    case ck_greater: COMBINE(N(one_where)(x > y))
    case ck_greater_or_equal: COMBINE(N(one_where)(x >= y))
    }
}

static int N(is_flat)(const ck_view *v, int64_t columns) {
    return (v->row_stride == 0 && v->column_stride == 0) || (v->column_stride == 1 && v->row_stride == columns);
}

static void N(combine)(const ck_call *call) {
    const REAL *a = call->a.data, *b = call->b.data;
    REAL *out = call->out.data;
    int64_t rows = call->rows, columns = call->columns;
    if (rows <= 0 || columns <= 0) return;
    if (N(is_flat)(&call->a, columns) && N(is_flat)(&call->b, columns)) {
        columns *= rows;
        rows = 1;
    }
    for (int64_t i = 0; i < rows; i++)
        N(combine_row)(call->op, columns, a + i * call->a.row_stride, call->a.column_stride,
                       b + i * call->b.row_stride, call->b.column_stride, out + i * columns);
}

// One choice for the whole row.
INLINE void N(take_row)(int64_t n, const REAL *x, int64_t xs, REAL *out) {
    if (xs == 1 && x != out) memmove(out, x, (size_t)n * sizeof(REAL));
    if (xs != 1)
        for (int64_t i = 0; i < n; i++) out[i] = x[i * xs];
}

static void N(select_row)(int64_t n, const REAL *m, int64_t ms, const REAL *x, int64_t xs, const REAL *y, int64_t ys,
                          REAL *out) {
    if (ms == 0) {
        N(take_row)(n, *m != 0 ? x : y, *m != 0 ? xs : ys, out);
        return;
    }
    int64_t i = 0;
    if (n >= WIDTH && ms == 1 && (xs == 0 || xs == 1) && (ys == 0 || ys == 1)) {
        V all_x = N(splat)(*x), all_y = N(splat)(*y);
        for (; i + WIDTH <= n; i += WIDTH)
            N(store)(out + i, N(choose)(N(load)(m + i) != 0, xs ? N(load)(x + i) : all_x, ys ? N(load)(y + i) : all_y));
    }
    for (; i < n; i++) {
        REAL a = x[i * xs], b = y[i * ys];
        out[i] = m[i * ms] != 0 ? a : b;
    }
}

static void N(select)(const ck_call *call) {
    for (int64_t i = 0; i < call->rows; i++) {
        const REAL *m = (const REAL *)call->a.data + i * call->a.row_stride;
        const REAL *x = (const REAL *)call->b.data + i * call->b.row_stride;
        const REAL *y = (const REAL *)call->c.data + i * call->c.row_stride;
        N(select_row)(call->columns, m, call->a.column_stride, x, call->b.column_stride, y, call->c.column_stride,
                      (REAL *)call->out.data + i * call->columns);
    }
}
