// Chooses the processor path once, when the program starts.

#include <stdlib.h>

#include "paths.h"

typedef void (*runner)(int precision, const ck_call *calls, int64_t count);

static const char *const names[] = {"baseline", "x86-64-v3", "x86-64-v4"};
#if defined(__x86_64__)
static const runner runners[] = {ck_run_baseline, ck_run_v3, ck_run_v4};
#else
static const runner runners[] = {ck_run_baseline};
#endif
enum { path_count = sizeof runners / sizeof runners[0] };

static int chosen;

int ck_path_count(void) { return path_count; }
const char *ck_path_name(int path) { return path >= 0 && path < path_count ? names[path] : "none"; }
int ck_path_chosen(void) { return chosen; }

int ck_path_available(int path) {
    if (path == 0) return 1;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (path == 1) return __builtin_cpu_supports("x86-64-v3") != 0;
    if (path == 2) return __builtin_cpu_supports("x86-64-v4") != 0;
#endif
    return 0;
}

__attribute__((constructor)) static void choose(void) {
    const char *wanted = getenv("GAN_PROCESSOR_PATH");
    for (int path = 0; path < path_count; path++) {
        if (!ck_path_available(path)) continue;
        chosen = path;
        if (wanted && strcmp(wanted, names[path]) == 0) return;
    }
}

void ck_run(int precision, const ck_call *calls, int64_t count) { runners[chosen](precision, calls, count); }

void ck_run_on_path(int path, int precision, const ck_call *calls, int64_t count) {
    if (path >= 0 && path < path_count && ck_path_available(path)) runners[path](precision, calls, count);
}

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
