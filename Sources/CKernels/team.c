// Threads that share the calls of a list.
//
// The leader works through the list. A call that is worth it is offered in parts; whoever is there takes the next one,
// so a helper that is late or not running costs nothing: the leader takes its parts too. The leader goes on when all
// parts are done. An offer is one word (generation, parts, next part), which is taken by compare and exchange, so that
// there is no lock between two calls; helpers that have found nothing for a while sleep, and only to wake them takes one.

#include "paths.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    most_threads = 16,
    // Some 50 microseconds of looking: longer than the stretches of a step that are not shared.
    patience = 2000,
};

struct ck_team {
    // On lines of their own: the leader writes the first, all write the others.
    _Alignas(64) _Atomic uint64_t offer;
    _Alignas(64) _Atomic int finished;
    _Alignas(64) const ck_call *call;
    int precision;
    ck_runner runner;
    _Atomic int sleepers;
    _Atomic int is_over;
    uint64_t generation;
    int threads;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    pthread_t helpers[most_threads];
};

static inline void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static uint64_t offer_of(uint64_t generation, int parts) { return generation << 16 | (uint64_t)parts << 8; }
static int next_part(uint64_t offer) { return (int)(offer & 0xff); }
static int parts_of(uint64_t offer) { return (int)(offer >> 8 & 0xff); }

// Takes one part of what is offered and does it.
static int take_part(ck_team *team) {
    uint64_t offer = atomic_load_explicit(&team->offer, memory_order_acquire);
    do {
        if (next_part(offer) >= parts_of(offer)) return 0;
    } while (!atomic_compare_exchange_weak_explicit(&team->offer, &offer, offer + 1, memory_order_acq_rel,
                                                    memory_order_acquire));
    // Until this part is done the leader waits, so the call is still the one that was offered.
    team->runner(team->precision, team->call, next_part(offer), parts_of(offer));
    atomic_fetch_add_explicit(&team->finished, 1, memory_order_release);
    return 1;
}

static int is_open(ck_team *team) {
    uint64_t offer = atomic_load(&team->offer);
    return next_part(offer) < parts_of(offer);
}

static void fall_asleep(ck_team *team) {
    pthread_mutex_lock(&team->mutex);
    atomic_fetch_add(&team->sleepers, 1);
    while (!is_open(team) && !atomic_load(&team->is_over)) pthread_cond_wait(&team->wake, &team->mutex);
    atomic_fetch_sub(&team->sleepers, 1);
    pthread_mutex_unlock(&team->mutex);
}

static void *help(void *given) {
    ck_team *team = given;
    int looks = 0;
    while (!atomic_load_explicit(&team->is_over, memory_order_relaxed)) {
        if (take_part(team)) looks = 0;
        else if (++looks < patience) pause_briefly();
        else {
            fall_asleep(team);
            looks = 0;
        }
    }
    return NULL;
}

static void wake_sleepers(ck_team *team) {
    if (atomic_load(&team->sleepers) == 0) return;
    pthread_mutex_lock(&team->mutex);
    pthread_cond_broadcast(&team->wake);
    pthread_mutex_unlock(&team->mutex);
}

static void share(ck_team *team, const ck_call *call) {
    team->call = call;
    atomic_store_explicit(&team->finished, 0, memory_order_relaxed);
    atomic_store(&team->offer, offer_of(++team->generation, team->threads));
    wake_sleepers(team);
    while (take_part(team)) {}
    // A helper that has a part may have lost its core: let it have this one.
    for (int looks = 0; atomic_load_explicit(&team->finished, memory_order_acquire) < team->threads; looks++) {
        if (looks < patience) pause_briefly();
        else sched_yield();
    }
}

// What a number costs in a fused list, in simple steps.
static int64_t weight_of(const ck_fused_list *list) {
    int64_t weight = 0;
    for (int i = 0; i < list->step_count; i++) weight += list->steps[i].kind == ck_adam ? 8 : 1;
    return weight;
}

// Below some microseconds of work another thread costs more than it saves. A product writes its result, however little
// depth there is.
int ck_is_shared(const ck_call *call) {
    if (call->kind == ck_multiply) return call->rows * call->columns * (call->depth + 8) >= 1 << 19;
    if (call->kind == ck_reduce_column) return call->rows * call->columns >= 1 << 17;
    return call->kind == ck_fused && call->rows * call->columns * weight_of(call->a.data) >= 1 << 17;
}

void ck_run_in_team(ck_team *team, int precision, const ck_call *calls, int64_t count) {
    if (!team) {
        ck_run(precision, calls, count);
        return;
    }
    team->precision = precision;
    for (int64_t i = 0; i < count; i++) {
        if (ck_is_shared(calls + i)) share(team, calls + i);
        else team->runner(precision, calls + i, 0, 1);
    }
}

ck_team *ck_team_create(int threads) {
    if (threads < 2) return NULL;
    ck_team *team = aligned_alloc(64, (sizeof(ck_team) + 63) / 64 * 64);
    if (!team) return NULL;
    memset(team, 0, sizeof *team);
    team->runner = ck_chosen_runner();
    pthread_mutex_init(&team->mutex, NULL);
    pthread_cond_init(&team->wake, NULL);
    team->threads = 1;
    while (team->threads < threads && team->threads < most_threads
           && pthread_create(&team->helpers[team->threads - 1], NULL, help, team) == 0)
        team->threads++;
    if (team->threads > 1) return team;
    ck_team_destroy(team);
    return NULL;
}

void ck_team_destroy(ck_team *team) {
    if (!team) return;
    pthread_mutex_lock(&team->mutex);
    atomic_store(&team->is_over, 1);
    pthread_cond_broadcast(&team->wake);
    pthread_mutex_unlock(&team->mutex);
    for (int i = 0; i < team->threads - 1; i++) pthread_join(team->helpers[i], NULL);
    pthread_cond_destroy(&team->wake);
    pthread_mutex_destroy(&team->mutex);
    free(team);
}

int ck_team_threads(const ck_team *team) { return team ? team->threads : 1; }

static int core_count(void) {
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
#endif
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}

int ck_standard_threads(void) {
    const char *wanted = getenv("GAN_THREADS");
    int threads = wanted ? atoi(wanted) : 0;
    if (threads >= 1) return threads < most_threads ? threads : most_threads;
    return core_count() < 2 ? 1 : 2;
}
