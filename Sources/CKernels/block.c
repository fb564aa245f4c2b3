// Philox-4x32-10, one block at a time.

#include "paths.h"

void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t first = (uint64_t)0xD2511F53u * c0, second = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(second >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)second;
        c2 = (uint32_t)(first >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)first;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

ck_block ck_next_block(ck_stream *stream) {
    uint32_t counter[4] = {(uint32_t)stream->counter, (uint32_t)(stream->counter >> 32), (uint32_t)stream->stream,
                           (uint32_t)(stream->stream >> 32)};
    uint32_t key[2] = {(uint32_t)stream->key, (uint32_t)(stream->key >> 32)}, words[4];
    ck_philox(counter, key, words);
    stream->counter++;
    return (ck_block){words[0] | (uint64_t)words[1] << 32, words[2] | (uint64_t)words[3] << 32};
}

double ck_normal_number(ck_block block) {
    double u = ((double)(block.first >> 11) + 0.5) * 0x1p-53, turn = (double)(block.second >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586477 * turn);
}
