// What the processor paths share.

#ifndef CKERNELS_PATHS_H
#define CKERNELS_PATHS_H

#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

void ck_run_baseline(int precision, const ck_call *calls, int64_t count);
void ck_run_v3(int precision, const ck_call *calls, int64_t count);
void ck_run_v4(int precision, const ck_call *calls, int64_t count);
double ck_peak_baseline(int64_t rounds, float *rest);
double ck_peak_v3(int64_t rounds, float *rest);
double ck_peak_v4(int64_t rounds, float *rest);

// Vectors of 64 bytes never cross a function that is not inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#endif
