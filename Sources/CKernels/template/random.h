// Uniform and normal numbers, 16 blocks of Philox at a time. Block `counter + i` of the stream gives the numbers
// of lane i; a fill always takes whole groups of 16 blocks, so where the next fill starts depends on sizes alone.

#undef GROUP
#undef HALVES
#if PRECISION == 32
#define GROUP 64
#define HALVES 1
#else
#define GROUP 32
#define HALVES 2
#endif

#if PRECISION == 32
// [0, 1) in steps of 2^-24
INLINE V N(uniform)(words16 w) { return __builtin_convertvector((int16v)(w >> 8), V) * 0x1p-24f; }
// (0, 1], dense near zero, where the logarithm needs it
INLINE V N(open_uniform)(words16 w) { return (__builtin_convertvector(w, V) + 0.5f) * 0x1p-32f; }
static void N(uniform_group)(const words16 w[4], REAL *out) {
    for (int j = 0; j < 4; j++) N(store)(out + j * WIDTH, N(uniform)(w[j]));
}
#else
// The upper bits of two words put together, of one half of the lanes.
INLINE V N(wide)(words16 low, words16 high, int half, int shift, REAL scale, REAL offset) {
    typedef uint32_t words8 __attribute__((vector_size(32)));
    typedef UINT wide8 __attribute__((vector_size(64)));
    words8 l = half ? __builtin_shufflevector(low, low, 8, 9, 10, 11, 12, 13, 14, 15)
                    : __builtin_shufflevector(low, low, 0, 1, 2, 3, 4, 5, 6, 7);
    words8 h = half ? __builtin_shufflevector(high, high, 8, 9, 10, 11, 12, 13, 14, 15)
                    : __builtin_shufflevector(high, high, 0, 1, 2, 3, 4, 5, 6, 7);
    wide8 bits = (__builtin_convertvector(h, wide8) << 32 | __builtin_convertvector(l, wide8)) >> shift;
    return (__builtin_convertvector((VI)bits, V) + offset) * scale;
}
static void N(uniform_group)(const words16 w[4], REAL *out) {
    for (int j = 0; j < 4; j++) N(store)(out + j * WIDTH, N(wide)(w[j / 2 * 2], w[j / 2 * 2 + 1], j % 2, 11, 0x1p-53, 0));
}
#endif

// Box and Muller: two independent normals from a radius and a turn.
INLINE void N(box_muller)(V u, V turn, REAL *first, REAL *second) {
    V radius = __builtin_elementwise_sqrt(N(log)(u) * -2);
    V sine, cosine;
    N(sine_cosine_of_turn)(turn, &sine, &cosine);
    N(store)(first, radius * cosine);
    N(store)(second, radius * sine);
}

static void N(normal_group)(const words16 w[4], REAL *out) {
    for (int j = 0; j < 2; j++) {
#if PRECISION == 32
        N(box_muller)(N(open_uniform)(w[2 * j]), N(uniform)(w[2 * j + 1]), out + 2 * j * WIDTH, out + (2 * j + 1) * WIDTH);
#else
        V u = N(wide)(w[0], w[1], j, 11, 0x1p-53, 0.5), turn = N(wide)(w[2], w[3], j, 11, 0x1p-53, 0);
        N(box_muller)(u, turn, out + 2 * j * WIDTH, out + (2 * j + 1) * WIDTH);
#endif
    }
}

static void N(random)(const ck_call *call) {
    ck_stream *stream = call->a.data;
    REAL *out = call->out.data;
    for (int64_t i = 0; i < call->columns; i += GROUP) {
        words16 w[4];
        philox16(stream, w);
        REAL group[GROUP];
        int whole = call->columns - i >= GROUP;
        REAL *target = whole ? out + i : group;
        if (call->op == 0) N(uniform_group)(w, target);
        else N(normal_group)(w, target);
        if (!whole) memcpy(out + i, group, (size_t)(call->columns - i) * sizeof(REAL));
    }
}
