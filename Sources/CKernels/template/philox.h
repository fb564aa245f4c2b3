// Philox-4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
// Shared by both precisions.

typedef uint32_t words16 __attribute__((vector_size(64)));
typedef int32_t int16v __attribute__((vector_size(64)));
typedef uint64_t wide16 __attribute__((vector_size(128)));

INLINE void multiply16(uint32_t factor, words16 x, words16 *high, words16 *low) {
    wide16 product = __builtin_convertvector(x, wide16) * (uint64_t)factor;
    *high = __builtin_convertvector(product >> 32, words16);
    *low = x * factor;
}

// Blocks counter ... counter + 15 of a stream, word by word; the stream moves on past them.
INLINE void philox16(ck_stream *stream, words16 out[4]) {
    words16 c0, c1, c2 = (words16){0} + (uint32_t)stream->stream, c3 = (words16){0} + (uint32_t)(stream->stream >> 32);
    for (int i = 0; i < 16; i++) {
        c0[i] = (uint32_t)(stream->counter + (uint64_t)i);
        c1[i] = (uint32_t)((stream->counter + (uint64_t)i) >> 32);
    }
    uint32_t k0 = (uint32_t)stream->key, k1 = (uint32_t)(stream->key >> 32);
    for (int round = 0; round < 10; round++) {
        words16 high0, low0, high1, low1;
        multiply16(0xD2511F53u, c0, &high0, &low0);
        multiply16(0xCD9E8D57u, c2, &high1, &low1);
        c0 = high1 ^ c1 ^ k0;
        c1 = low1;
        c2 = high0 ^ c3 ^ k1;
        c3 = low0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
    stream->counter += 16;
}
