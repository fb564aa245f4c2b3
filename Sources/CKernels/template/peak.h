// What a core can do at most: chains of multiply-adds in single precision that wait for nothing, as wide as the registers
// of this path. Twelve chains hide the latency of any processor's multiply-add, and with the two constants they fit
// into sixteen registers.

#define PEAK_CHAINS 12
typedef float peak_vector __attribute__((vector_size(PATH_REGISTER_BYTES)));

double PATH_PEAK(int64_t rounds, float *rest) {
    peak_vector chain[PEAK_CHAINS], factor = (peak_vector){0} + 0.9999f, term = (peak_vector){0} + 1e-6f;
#pragma clang loop unroll(full)
    for (int c = 0; c < PEAK_CHAINS; c++) chain[c] = (peak_vector){0} + (float)c;
    for (int64_t round = 0; round < rounds; round++)
#pragma clang loop unroll(full)
        for (int c = 0; c < PEAK_CHAINS; c++) chain[c] = chain[c] * factor + term;
    *rest = 0;
#pragma clang loop unroll(full)
    for (int c = 0; c < PEAK_CHAINS; c++) *rest += chain[c][0];
    return 2.0 * PEAK_CHAINS * (PATH_REGISTER_BYTES / sizeof(float)) * (double)rounds;
}
