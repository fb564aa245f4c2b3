// Sine, cosine and arctangent on vectors.

// sin(y)/y - 1 over z and (cos(y) - 1)/z, where z = y^2, |y| <= pi/4
INLINE void N(sine_cosine_series)(V z, V *sine, V *cosine) {
#if PRECISION == 32
    *sine = ((z * (1.0f / 362880) - 1.0f / 5040) * z + 1.0f / 120) * z - 1.0f / 6;
    *cosine = ((z * (1.0f / 40320) - 1.0f / 720) * z + 1.0f / 24) * z - 0.5f;
#else
    V s = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08;
    s = s * z + 2.75573137070700676789e-06;
    s = s * z - 1.98412698298579493134e-04;
    s = s * z + 8.33333333332248946124e-03;
    *sine = s * z - 1.66666666666666324348e-01;
    V c = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09;
    c = c * z - 2.75573143513906633035e-07;
    c = c * z + 2.48015872894767294178e-05;
    c = c * z - 1.38888888888741095749e-03;
    c = c * z + 4.16666666666666019037e-02;
    *cosine = c * z - 0.5;
#endif
}

// From the first quarter, |angle| <= pi/4, to `quarters` quarter turns further: exchanged and with other signs.
INLINE void N(turn_by_quarters)(VI quarters, V *sine, V *cosine) {
    VI odd = -(quarters & 1);
    V first = N(choose)(odd, *cosine, *sine), second = N(choose)(odd, *sine, *cosine);
    const int top = sizeof(REAL) * 8 - 1;
    *sine = (V)((VI)first ^ ((quarters & 2) << (top - 1)));
    *cosine = (V)((VI)second ^ (((quarters + 1) & 2) << (top - 1)));
}

// sine and cosine of 2 pi t, 0 <= t < 1
INLINE void N(sine_cosine_of_turn)(V t, V *sine, V *cosine) {
    V shifted = t * 4 + MAGIC, quarter = shifted - MAGIC;
    V y = (t * 4 - quarter) * (REAL)1.57079632679489661923, z = y * y, s, c;
    N(sine_cosine_series)(z, &s, &c);
    *sine = y + y * z * s;
    *cosine = z * c + 1;
    N(turn_by_quarters)((VI)shifted - (VI)N(splat)(MAGIC), sine, cosine);
}

// Beyond this, multiples of pi/2 no longer come out exactly, and the C library is asked.
#define LARGEST_ANGLE 1000000

// pi/2 in parts of 33 bits (fdlibm): a product with a whole number below 2^20 is exact.
#define QUARTER_1 1.57079632673412561417e+00
#define QUARTER_2 6.07710050630396597660e-11
#define QUARTER_3 2.02226624871116645580e-21
#define QUARTER_REST 8.47842766036889956997e-32

// x = quarters pi/2 + y + tail, |y| <= pi/4
INLINE V N(reduce_angle)(V x, VI *quarters, V *tail) {
#if PRECISION == 32
    typedef double doubles __attribute__((vector_size(128)));
    doubles wide = __builtin_convertvector(x, doubles), k = wide * 0.636619772367581343 + 0x1.8p52 - 0x1.8p52;
    wide = wide - k * QUARTER_1 - k * (QUARTER_2 + QUARTER_3);
    *quarters = __builtin_convertvector(k, VI);
    V y = __builtin_convertvector(wide, V);
    *tail = __builtin_convertvector(wide - __builtin_convertvector(y, doubles), V);
    return y;
#else
    V shifted = x * 0.636619772367581343 + MAGIC, k = shifted - MAGIC;
    *quarters = (VI)shifted - (VI)N(splat)(MAGIC);
    V first = x - k * QUARTER_1;
    V part = k * QUARTER_2, second = first - part, lost = (first - second) - part;
    part = k * QUARTER_3;
    V third = second - part, rest = k * QUARTER_REST - (((second - third) - part) + lost);
    V y = third - rest;
    *tail = (third - y) - rest;
    return y;
#endif
}

INLINE void N(sine_cosine)(V x, V *sine, V *cosine) {
    V tail, s, c;
    VI quarters;
    V y = N(reduce_angle)(x, &quarters, &tail), z = y * y;
    N(sine_cosine_series)(z, &s, &c);
    *cosine = (z * c - y * tail) + 1;
    *sine = y + (y * z * s + tail * *cosine);
    N(turn_by_quarters)(quarters, sine, cosine);
}

// The library's answer for the few numbers that the vectors cannot reduce.
#define WITH_LARGE_ANGLES(function)                                                                  \
    VI large = N(absolute)(x) > (REAL)LARGEST_ANGLE;                                                 \
    if (__builtin_expect(__builtin_reduce_or(large) != 0, 0))                                        \
        for (int i = 0; i < WIDTH; i++)                                                              \
            if (large[i]) result[i] = LIBM(function)(x[i]);

INLINE V N(sin)(V x) {
    V result, other;
    N(sine_cosine)(x, &result, &other);
    WITH_LARGE_ANGLES(sin)
    return N(choose)(x == 0, x, result);
}

INLINE V N(cos)(V x) {
    V result, other;
    N(sine_cosine)(x, &other, &result);
    WITH_LARGE_ANGLES(cos)
    return result;
}

// The angle is taken from 0, pi/4 or pi/2, whichever is nearest (Cephes), and t + t^3 P(t^2) added for the rest,
// |t| <= tan(pi/8), P minimax (Remez, relative error 2^-30 and 2^-64).
INLINE V N(atan)(V x) {
    V a = N(absolute)(x);
    VI far = a > (REAL)2.41421356237309504880, middle = (a > (REAL)0.414213562373095048802) & ~far;
    V above = N(choose)(far, N(splat)(-1), N(choose)(middle, a - 1, a));
    V t = above / N(choose)(far, a, N(choose)(middle, a + 1, N(splat)(1))), z = t * t;
#if PRECISION == 32
    V p = z * -0.06078221637f + 0.1059381383f;
    p = p * z - 0.1424353336f;
    p = p * z + 0.1999847152f;
    p = p * z - 0.3333331519f;
#else
    V p = z * 1.51945520320043780267e-02 - 3.34732503988578391783e-02;
    p = p * z + 4.50346882433629593952e-02;
    p = p * z - 5.21837681741499896391e-02;
    p = p * z + 5.87701619112932135836e-02;
    p = p * z - 6.66622603546575039484e-02;
    p = p * z + 7.69228269855463661566e-02;
    p = p * z - 9.09090814131718390459e-02;
    p = p * z + 1.11111110880716254486e-01;
    p = p * z - 1.42857142853859952280e-01;
    p = p * z + 1.99999999999976503021e-01;
    p = p * z - 3.33333333333333274613e-01;
#endif
    const REAL quarter = (REAL)0.785398163397448309616, quarter_rest = (REAL)(0.785398163397448309616L - quarter);
    V turns = N(choose)(far, N(splat)(2), N(one_where)(middle));
    V angle = turns * quarter + (t + (t * z * p + turns * quarter_rest));
    return N(with_sign_of)(angle, x);
}
