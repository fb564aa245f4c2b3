// What the processor paths share.

#ifndef CKERNELS_PATHS_H
#define CKERNELS_PATHS_H

#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

// Runs one part of a call.
typedef void (*ck_runner)(int precision, const ck_call *call, int part, int parts);

// The runner of the chosen path.
ck_runner ck_chosen_runner(void);

void ck_run_baseline(int precision, const ck_call *call, int part, int parts);
void ck_run_v3(int precision, const ck_call *call, int part, int parts);
void ck_run_v4(int precision, const ck_call *call, int part, int parts);
double ck_peak_baseline(int64_t rounds, float *rest);
double ck_peak_v3(int64_t rounds, float *rest);
double ck_peak_v4(int64_t rounds, float *rest);

// Vectors of 64 bytes never cross a function that is not inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#endif
