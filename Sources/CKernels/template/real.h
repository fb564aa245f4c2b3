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
INLINE V N(load_part)(const REAL *p, int64_t n) {
    V v = {0};
    for (int64_t i = 0; i < n; i++) v[i] = p[i];
    return v;
}
INLINE void N(store_part)(REAL *p, V v, int64_t n) {
    for (int64_t i = 0; i < n; i++) p[i] = v[i];
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
