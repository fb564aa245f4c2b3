// Chooses the processor path once, when the program starts.

#include <stdlib.h>

#include "paths.h"

typedef double (*peak)(int64_t rounds, float *rest);

static const char *const names[] = {"baseline", "x86-64-v3", "x86-64-v4"};
#if defined(__x86_64__)
static const ck_runner runners[] = {ck_run_baseline, ck_run_v3, ck_run_v4};
static const peak peaks[] = {ck_peak_baseline, ck_peak_v3, ck_peak_v4};
#else
static const ck_runner runners[] = {ck_run_baseline};
static const peak peaks[] = {ck_peak_baseline};
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

ck_runner ck_chosen_runner(void) { return runners[chosen]; }

static void run(ck_runner runner, int precision, const ck_call *calls, int64_t count) {
    for (int64_t i = 0; i < count; i++) runner(precision, calls + i, 0, 1);
}

void ck_run(int precision, const ck_call *calls, int64_t count) { run(runners[chosen], precision, calls, count); }

void ck_run_on_path(int path, int precision, const ck_call *calls, int64_t count) {
    if (path >= 0 && path < path_count && ck_path_available(path)) run(runners[path], precision, calls, count);
}

void ck_run_part_on_path(int path, int precision, const ck_call *call, int part, int parts) {
    if (path >= 0 && path < path_count && ck_path_available(path)) runners[path](precision, call, part, parts);
}

double ck_peak(int64_t rounds, float *rest) { return peaks[chosen](rounds, rest); }

const char *ck_compiler(void) { return "clang " __clang_version__; }
