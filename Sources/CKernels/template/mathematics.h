// exp, log and what is made of them, on vectors, without branches, over the whole range: infinities, NaN, signed
// zeros and subnormals come out as IEEE 754 has them. Accuracy is about 1 ulp (exp, log) to 2 ulp (the others).

// exp(r) - 1 for |r| <= ln(2)/2, by its Taylor series, whose first dropped term is below half an ulp.
INLINE V N(exp_minus_one_near_zero)(V r) {
#if PRECISION == 32
    V q = N(splat)(1.0f / 5040);
    q = q * r + 1.0f / 720;
    q = q * r + 1.0f / 120;
    q = q * r + 1.0f / 24;
    q = q * r + 1.0f / 6;
    q = q * r + 0.5f;
#else
    V q = N(splat)(1.0 / 6227020800.0);
    q = q * r + 1.0 / 479001600;
    q = q * r + 1.0 / 39916800;
    q = q * r + 1.0 / 3628800;
    q = q * r + 1.0 / 362880;
    q = q * r + 1.0 / 40320;
    q = q * r + 1.0 / 5040;
    q = q * r + 1.0 / 720;
    q = q * r + 1.0 / 120;
    q = q * r + 1.0 / 24;
    q = q * r + 1.0 / 6;
    q = q * r + 0.5;
#endif
    return r + r * r * q;
}

// x = k ln(2) + r. Adding MAGIC rounds to an integer and leaves it in the low bits.
INLINE V N(reduce_exponent)(V x, VI *k) {
    V t = x * (REAL)1.44269504088896340736 + MAGIC;
    V kf = t - MAGIC;
    *k = (VI)t - (VI)N(splat)(MAGIC);
    return (x - kf * LN2_HI) - kf * LN2_LO;
}

INLINE V N(power_of_two)(VI k) { return (V)((k + EXPONENT_BIAS) << MANTISSA_BITS); }

// Comparisons are false for NaN, which therefore passes through.
INLINE V N(clamp_exponent)(V x) {
    x = N(choose)(x > N(splat)(EXP_MAX), N(splat)(EXP_MAX), x);
    return N(choose)(x < N(splat)(EXP_MIN), N(splat)(EXP_MIN), x);
}

// In two halves, so that neither power overflows where the result is subnormal or infinite.
INLINE V N(exp)(V x) {
    VI k;
    V y = N(splat)(1) + N(exp_minus_one_near_zero)(N(reduce_exponent)(N(clamp_exponent)(x), &k));
    VI half = k >> 1;
    return y * N(power_of_two)(half) * N(power_of_two)(k - half);
}

// 2^k (e^r - 1) + (2^k - 1): exact in the second part, so no digits are lost near zero.
INLINE V N(expm1)(V x) {
    VI k;
    V p = N(exp_minus_one_near_zero)(N(reduce_exponent)(N(clamp_exponent)(x), &k));
    VI half = k >> 1;
    V first = N(power_of_two)(half), second = N(power_of_two)(k - half);
    V large = (N(splat)(1) + p) * first * second;
    V two_k = N(power_of_two)(k);
    V small = two_k * p + (two_k - 1);
    V result = N(choose)((k > EXPONENT_BIAS - 1) | (k < -(MANTISSA_BITS + 3)), large - 1, small);
    return N(choose)(x == 0, x, result);
}

// fdlibm's log: x = 2^k (1 + f), s = f/(2+f), log(1+f) = f - f^2/2 + s (f^2/2 + R(s^2)).
INLINE V N(log)(V x) {
    VI tiny = x < N(splat)(SMALLEST_NORMAL);
    V scaled = N(choose)(tiny, x * (REAL)((UINT)1 << (MANTISSA_BITS + 2)), x);
#if PRECISION == 32
    const INT root_half = 0x3f3504f3, one = 0x3f800000;
#else
    const INT root_half = 0x3fe6a09e00000000, one = 0x3ff0000000000000;
#endif
    VI bits = (VI)scaled + (one - root_half);
    VI k = (bits >> MANTISSA_BITS) - EXPONENT_BIAS - (tiny & (MANTISSA_BITS + 2));
    V m = (V)((bits & (((INT)1 << MANTISSA_BITS) - 1)) + root_half);
    V kf = (V)((VI)N(splat)(MAGIC) + k) - MAGIC;
    V f = m - 1, s = f / (f + 2), z = s * s, half_square = f * f * (REAL)0.5;
#if PRECISION == 32
    V w = z * z;
    V r = w * (0xccce13.0p-25f + w * 0xf89e26.0p-26f) + z * (0xaaaaaa.0p-24f + w * 0x91e9ee.0p-25f);
    V result = s * (half_square + r) + kf * 9.0580006145e-06f - half_square + f + kf * 6.9313812256e-01f;
#else
    V w = z * z;
    V r = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        + z * (6.666666666666735130e-01
               + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    V result = s * (half_square + r) + kf * LN2_LO - half_square + f + kf * LN2_HI;
#endif
    result = N(choose)(x == 0, N(splat)(-INFINITY), result);
    result = N(choose)(x < 0, N(splat)(NAN), result);
    return N(choose)((x == N(splat)(INFINITY)) | (x != x), x, result);
}

// log(1+x) is log(u) with u = 1+x rounded, plus what the rounding took away.
INLINE V N(log1p)(V x) {
    V u = x + 1;
    V result = N(log)(u) + (x - (u - 1)) / u;
    result = N(choose)(u == 0, N(splat)(-INFINITY), result);
    return N(choose)((x == 0) | (x == N(splat)(INFINITY)), x, result);
}

// t/(t+2) with t = e^(2|x|) - 1.
INLINE V N(tanh)(V x) {
    V doubled = N(absolute)(x) * 2;
    doubled = N(choose)(doubled > N(splat)(64), N(splat)(64), doubled);
    V t = N(expm1)(doubled);
    return N(with_sign_of)(t / (t + 2), x);
}

// 1/(1+e^-x), from e^-|x| so that neither end loses digits.
INLINE V N(sigmoid)(V x) {
    V e = N(exp)(-N(absolute)(x));
    return N(choose)(x < 0, e, N(splat)(1)) / (e + 1);
}

// log(1+e^x) = max(x, 0) + log(1+e^-|x|)
INLINE V N(softplus)(V x) {
    V positive = N(choose)(x < 0, N(splat)(0), x);
    return positive + N(log1p)(N(exp)(-N(absolute)(x)));
}

// sine and cosine of a quarter turn times f, |f| <= 1/2
INLINE void N(sine_cosine_of_quarter)(V f, V *sine, V *cosine) {
    V y = f * (REAL)1.57079632679489661923, z = y * y;
#if PRECISION == 32
    V s = ((z * (1.0f / 362880) - 1.0f / 5040) * z + 1.0f / 120) * z - 1.0f / 6;
    V c = ((z * (1.0f / 40320) - 1.0f / 720) * z + 1.0f / 24) * z - 0.5f;
#else
    V s = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08;
    s = s * z + 2.75573137070700676789e-06;
    s = s * z - 1.98412698298579493134e-04;
    s = s * z + 8.33333333332248946124e-03;
    s = s * z - 1.66666666666666324348e-01;
    V c = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09;
    c = c * z - 2.75573143513906633035e-07;
    c = c * z + 2.48015872894767294178e-05;
    c = c * z - 1.38888888888741095749e-03;
    c = c * z + 4.16666666666666019037e-02;
    c = c * z - 0.5;
#endif
    *sine = y + y * z * s;
    *cosine = z * c + 1;
}

// sine and cosine of 2 pi t, 0 <= t < 1
INLINE void N(sine_cosine_of_turn)(V t, V *sine, V *cosine) {
    V shifted = t * 4 + MAGIC, quarter = shifted - MAGIC;
    VI q = (VI)shifted - (VI)N(splat)(MAGIC);
    V s, c;
    N(sine_cosine_of_quarter)(t * 4 - quarter, &s, &c);
    VI odd = -(q & 1);
    V first = N(choose)(odd, c, s), second = N(choose)(odd, s, c);
    const int top = sizeof(REAL) * 8 - 1;
    *sine = (V)((VI)first ^ ((q & 2) << (top - 1)));
    *cosine = (V)((VI)second ^ (((q + 1) & 2) << (top - 1)));
}
