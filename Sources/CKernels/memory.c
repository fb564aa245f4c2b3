// What becomes of memory that is freed.

#include "CKernels.h"

#if defined(__linux__)
#include <malloc.h>
#endif

void ck_keep_memory(void) {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}
