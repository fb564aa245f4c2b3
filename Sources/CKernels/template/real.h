// The vocabulary of one precision: REAL numbers in vectors of 64 bytes, whatever the processor's registers are.
// Included once with PRECISION 32 and once with 64; N(name) keeps the two apart.

#undef REAL
#undef INT
#undef UINT
#undef WIDTH
#undef N
#undef MANTISSA_BITS
#undef HALF_MANTISSA
#undef EXPONENT_BIAS
#undef MAGIC
#undef LN2_HI
#undef LN2_LO
#undef EXP_MAX
#undef EXP_MIN
#undef SMALLEST_NORMAL
#undef LIBM

#if PRECISION == 32
#define REAL float
#define INT int32_t
#define UINT uint32_t
#define WIDTH 16
#define N(name) name##_f32
#define LIBM(name) name##f
#define MANTISSA_BITS 23
#define HALF_MANTISSA 12
#define EXPONENT_BIAS 127
#define MAGIC 0x1.8p23f
#define LN2_HI 0.693359375f
#define LN2_LO -2.12194440e-4f
#define EXP_MAX 89.0f
#define EXP_MIN -104.0f
#define SMALLEST_NORMAL 0x1p-126f
#else
#define REAL double
#define INT int64_t
#define UINT uint64_t
#define WIDTH 8
#define N(name) name##_f64
#define LIBM(name) name
#define MANTISSA_BITS 52
#define HALF_MANTISSA 32
#define EXPONENT_BIAS 1023
#define MAGIC 0x1.8p52
#define LN2_HI 6.93147180369123816490e-01
#define LN2_LO 1.90821492927058770002e-10
#define EXP_MAX 710.0
#define EXP_MIN -746.0
#define SMALLEST_NORMAL 0x1p-1022
#endif

#undef V
#undef VI
#define V N(vector)
#define VI N(vector_of_bits)
typedef REAL V __attribute__((vector_size(64)));
typedef INT VI __attribute__((vector_size(64)));

INLINE V N(load)(const REAL *p) {
    V v;
    memcpy(&v, p, sizeof v);
    return v;
}
INLINE void N(store)(REAL *p, V v) { memcpy(p, &v, sizeof v); }
// The first n < WIDTH numbers, and zeros.
INLINE V N(load_part)(const REAL *p, int64_t n) {
#if defined(PATH_HAS_MASKS) && PRECISION == 32
    return _mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
#elif defined(PATH_HAS_MASKS)
    return _mm512_maskz_loadu_pd((__mmask8)((1u << n) - 1), p);
#else
    V v = {0};
    for (int64_t i = 0; i < n; i++) v[i] = p[i];
    return v;
#endif
}
INLINE void N(store_part)(REAL *p, V v, int64_t n) {
#if defined(PATH_HAS_MASKS) && PRECISION == 32
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), v);
#elif defined(PATH_HAS_MASKS)
    _mm512_mask_storeu_pd(p, (__mmask8)((1u << n) - 1), v);
#else
    for (int64_t i = 0; i < n; i++) p[i] = v[i];
#endif
}
// x - 0 is x for every x; 0 + x would lose the sign of -0
INLINE V N(splat)(REAL x) { return x - (V){0}; }
// mask ? a : b, where mask is all ones or all zeros in each lane
INLINE V N(choose)(VI mask, V a, V b) { return (V)((mask & (VI)a) | (~mask & (VI)b)); }
INLINE V N(absolute)(V x) { return (V)((VI)x & ~((VI){0} + (INT)((UINT)1 << (sizeof(REAL) * 8 - 1)))); }
INLINE V N(with_sign_of)(V magnitude, V sign) {
    VI bit = (VI){0} + (INT)((UINT)1 << (sizeof(REAL) * 8 - 1));
    return (V)(((VI)magnitude & ~bit) | ((VI)sign & bit));
}
INLINE V N(one_where)(VI mask) { return (V)(mask & (VI)N(splat)(1)); }

// The sign of zero and NaN pass.
INLINE V N(relu)(V x) { return N(choose)(x < 0, N(splat)(0), x); }
INLINE V N(step)(V x) { return N(choose)(x != x, x, N(one_where)(x > 0)); }
INLINE V N(times_step)(V x, V y) { return x * N(step)(y); }

#undef LANES
#undef LANES_LOW
#undef LANES_HIGH
#if PRECISION == 32
#define LANES_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define LANES_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#else
#define LANES_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define LANES_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#endif

// WIDTH rows of WIDTH numbers, turned. To interleave the rows i and i + WIDTH/2 rotates the bits of (row, column) by
// one place; after as many rounds as a column number has bits, rows and columns have changed places.
INLINE void N(transpose)(V rows[WIDTH]) {
#pragma clang loop unroll(full)
    for (int round = 1; round < WIDTH; round *= 2) {
        V next[WIDTH];
#pragma clang loop unroll(full)
        for (int i = 0; i < WIDTH / 2; i++) {
            next[2 * i] = __builtin_shufflevector(rows[i], rows[i + WIDTH / 2], LANES_LOW);
            next[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + WIDTH / 2], LANES_HIGH);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < WIDTH; i++) rows[i] = next[i];
    }
}
