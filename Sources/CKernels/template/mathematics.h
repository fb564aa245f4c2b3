// exp, log and what is made of them, on vectors, without branches, over the whole range: infinities, NaN, signed
// zeros and subnormals come out as IEEE 754 has them. Accuracy is about 1 ulp (exp, log) to 2 ulp (the others): the
// tests of accuracy have the worst of each.

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
typedef struct {
    V k, f, half_square, s, r;
} N(logarithm_parts);

INLINE N(logarithm_parts) N(split_logarithm)(V x) {
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
    V w = z * z;
#if PRECISION == 32
    V r = w * (0xccce13.0p-25f + w * 0xf89e26.0p-26f) + z * (0xaaaaaa.0p-24f + w * 0x91e9ee.0p-25f);
#else
    V r = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
        + z * (6.666666666666735130e-01
               + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
#endif
    return (N(logarithm_parts)){kf, f, half_square, s, r};
}

// What a logarithm is at zero, below it, at infinity and for NaN.
INLINE V N(complete_logarithm)(V x, V result) {
    result = N(choose)(x == 0, N(splat)(-INFINITY), result);
    result = N(choose)(x < 0, N(splat)(NAN), result);
    return N(choose)((x == N(splat)(INFINITY)) | (x != x), x, result);
}

// log(x) + more, where `more` is small beside it.
INLINE V N(log_plus)(V x, V more) {
    N(logarithm_parts) p = N(split_logarithm)(x);
#if PRECISION == 32
    V result = p.s * (p.half_square + p.r) + (p.k * 9.0580006145e-06f + more) - p.half_square + p.f
        + p.k * 6.9313812256e-01f;
#else
    V result = p.s * (p.half_square + p.r) + (p.k * LN2_LO + more) - p.half_square + p.f + p.k * LN2_HI;
#endif
    return N(complete_logarithm)(x, result);
}

INLINE V N(log)(V x) { return N(log_plus)(x, (V){0}); }

// FreeBSD's log2 and log10: log(1+f) in two parts, each times a factor in two parts, plus k times its own.
INLINE V N(log_in_base)(V x, REAL factor_hi, REAL factor_lo, REAL step_hi, REAL step_lo) {
    N(logarithm_parts) p = N(split_logarithm)(x);
    V hi = (V)((VI)(p.f - p.half_square) & ~(((INT)1 << HALF_MANTISSA) - 1));
    V lo = (p.f - hi) - p.half_square + p.s * (p.half_square + p.r);
    V large = hi * factor_hi, whole = p.k * step_hi, sum = whole + large;
    V small = p.k * step_lo + (lo + hi) * factor_lo + lo * factor_hi;
    return N(complete_logarithm)(x, small + ((whole - sum) + large) + sum);
}

#if PRECISION == 32
INLINE V N(log2)(V x) { return N(log_in_base)(x, 1.4428710938e+00f, -1.7605285393e-04f, 1, 0); }
INLINE V N(log10)(V x) {
    return N(log_in_base)(x, 4.3432617188e-01f, -3.1689971365e-05f, 3.0102920532e-01f, 7.9034151668e-07f);
}
#else
INLINE V N(log2)(V x) { return N(log_in_base)(x, 1.44269504072144627571e+00, 1.67517131648865118353e-10, 1, 0); }
INLINE V N(log10)(V x) {
    return N(log_in_base)(x, 4.34294481878168880939e-01, 2.50829467116452752298e-11, 3.01029995663611771306e-01,
                          3.69423907715893078616e-13);
}
#endif

// log(1+x) is log(u) with u = 1+x rounded, plus what the rounding took away.
INLINE V N(log1p)(V x) {
    V u = x + 1;
    V result = N(log_plus)(u, (x - (u - 1)) / u);
    result = N(choose)(u == 0, N(splat)(-INFINITY), result);
    return N(choose)((x == 0) | (x == N(splat)(INFINITY)), x, result);
}

// Near zero x + x^3 P(x^2), P minimax (Remez, relative error 2^-32.5 and 2^-61); from 0.625 on 1 - 2/(e^(2x) + 1),
// where an error in e^(2x) hardly counts.
INLINE V N(tanh)(V x) {
    V z = x * x;
#if PRECISION == 32
    V p = z * 0.002142961917f - 0.008177398363f;
    p = p * z + 0.0217007033f;
    p = p * z - 0.05394676308f;
    p = p * z + 0.1333320601f;
    p = p * z - 0.333333308f;
#else
    V p = z * 6.04246842236842448507e-06 - 3.01872210467958638523e-05;
    p = p * z + 9.15584126873553130453e-05;
    p = p * z - 2.37011730943443564808e-04;
    p = p * z + 5.89451799366568934512e-04;
    p = p * z - 1.45572594821723384811e-03;
    p = p * z + 3.59211399991307694272e-03;
    p = p * z - 8.86323431258460789369e-03;
    p = p * z + 2.18694884687159980568e-02;
    p = p * z - 5.39682539660589370054e-02;
    p = p * z + 1.33333333333297428928e-01;
    p = p * z - 3.33333333333333128151e-01;
#endif
    V magnitude = N(absolute)(x);
    V far = 1 - 2 / (N(exp)(magnitude * 2) + 1);
    return N(with_sign_of)(N(choose)(magnitude < (REAL)0.625, x + x * z * p, far), x);
}

// 1/(1+e^-x), from e = e^-|x| so that neither end loses digits. What rounding took from 1 + e is put back; for that
// 1/(1+e) need only be known to 3 %.
INLINE V N(sigmoid)(V x) {
    V e = N(exp)(-N(absolute)(x)), sum = e + 1, lost = e - (sum - 1);
    V quotient = N(choose)(x < 0, e, N(splat)(1)) / sum;
    return quotient - quotient * (lost * ((REAL)0.9714 - e * (REAL)0.4857));
}

// log(1+e^x) = max(x, 0) + log(1+e^-|x|)
INLINE V N(softplus)(V x) {
    V positive = N(choose)(x < 0, N(splat)(0), x);
    return positive + N(log1p)(N(exp)(-N(absolute)(x)));
}

#if PRECISION == 32
// Juffa's erf: a + a P(a^2) below 0.93, 1 - e^(t Q(t)) of t = |a| above; he measured 0.995 ulp with fused products.
INLINE V erf_f32(V x) {
    V t = absolute_f32(x), s = x * x;
    V far = (t * -1.72853470e-5f + 3.83197126e-4f) * s + (t * -3.88396438e-3f + 2.42546219e-2f);
    far = far * t - 1.06777877e-1f;
    far = far * t - 6.34846687e-1f;
    far = far * t - 1.28717512e-1f;
    far = 1 - exp_f32(far * t - t);
    V near = s * -5.96761703e-4f + 4.99119423e-3f;
    near = near * s - 2.67681349e-2f;
    near = near * s + 1.12819925e-1f;
    near = near * s - 3.76125336e-1f;
    near = near * s + 1.28379166e-1f;
    return choose_f32(t > 0.927734375f, with_sign_of_f32(choose_f32(t > 4, splat_f32(1), far), x), near * x + x);
}
#endif
