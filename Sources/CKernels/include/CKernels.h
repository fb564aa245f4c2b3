// The hot loops. A kernel call is plain data: what to do, how large, and where the numbers are.
//
// Nothing in a call allocates, locks or decides: the caller plans the memory and lists the calls, `ck_run` works
// through the list, alone or with a team. One call alone is eager evaluation, a recorded list is a replayed program,
// and because both go through the same code they give the same bits.
//
// The loops stand in `template/`, written once with vector extensions; they are compiled for single and double
// precision and for every processor path, and the best path that the processor has is chosen when the program starts.

#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How the numbers of a call are stored.
enum { ck_single = 0, ck_double = 1 };

// What a call does. `rows` and `columns` are always those of the result unless said otherwise.
enum {
    ck_map = 0,         // out[i] = op(a[i]), i < columns; all contiguous, out may be a
    ck_combine = 1,     // out = a op b, any strides of a and b, out contiguous
    ck_select = 2,      // out = a != 0 ? b : c, any strides, out contiguous
    ck_multiply = 3,    // out = a b: a is rows x depth, b is depth x columns, any strides (a transpose is a stride);
                        // op says what becomes of each sum, with c
    ck_reduce_row = 4,  // out[i] = op over a[i, 0..<columns], i < rows; a contiguous (rows, columns are a's)
    ck_reduce_column = 5,  // out[j] = op over a[0..<rows, j], j < columns; a contiguous (rows, columns are a's)
    ck_copy = 6,        // out = a, any strides of both: transposes, slices, broadcasts, concatenations
    ck_fill = 7,        // out = scalar, any strides
    ck_gather = 8,      // out[i, :] = a[b[i], :], i < rows; depth = rows of a
    ck_scatter_add = 9, // out = 0, then out[b[i], :] += a[i, :], i < depth; rows = rows of out
    ck_cumulate = 10,   // running sums along each row of a; op 1 runs from the right
    ck_random = 11,     // out[0..<columns] from the ck_stream at a.data, which is advanced; op 0 uniform, 1 normal
    ck_check = 12,      // out[0] = NaN if any of a[0..<columns] is not finite, else as it was
    ck_fused = 13,      // the ck_fused_list at a.data over rows x columns
    ck_adam = 14,       // only as a step of a fused list, see there
    ck_more = 15,       // only as a step of a fused list: more operands of the step before
};

// The op of ck_map.
enum {
    ck_identity, ck_negate, ck_absolute, ck_sign, ck_step, ck_reciprocal, ck_square, ck_square_root,
    ck_exp, ck_expm1, ck_log, ck_log1p, ck_log2, ck_log10, ck_sin, ck_cos, ck_tan, ck_tanh,
    ck_sigmoid, ck_softplus, ck_relu, ck_erf, ck_floor, ck_ceil, ck_round, ck_is_nan, ck_atan,
};

// The op of ck_combine. Comparisons give 1 or 0.
enum {
    ck_add, ck_subtract, ck_times, ck_divide, ck_power, ck_maximum, ck_minimum, ck_remainder, ck_floor_divide,
    ck_equal, ck_not_equal, ck_less, ck_less_or_equal, ck_greater, ck_greater_or_equal,
};

// The op of ck_multiply, with s an element of the product and c the element there (a stride of 0 repeats it).
enum {
    ck_plain,      // s
    ck_plus,       // s + c
    ck_plus_relu,  // relu(s + c)
    ck_times_step, // s * step(c): the slope of relu, where c is what relu gave
};

// The op of ck_reduce_row and ck_reduce_column. Indices are given as numbers.
enum { ck_sum, ck_largest, ck_smallest, ck_index_of_largest, ck_index_of_smallest };

// Where a matrix lies. Strides count elements, not bytes; 0 repeats.
typedef struct {
    void *_Nullable data;
    int64_t row_stride;
    int64_t column_stride;
} ck_view;

typedef struct {
    int32_t kind;
    int32_t op;
    int64_t rows;
    int64_t columns;
    int64_t depth;
    double scalar;
    ck_view out;
    ck_view a;
    ck_view b;
    ck_view c;
} ck_call;

// One step of a fused list: a ck_map, ck_combine, ck_select or ck_check of whole rows. Numbers below ck_temporaries are
// temporaries of the list, the others its operands.
//
// A step of Adam has three ck_more after it. With the slope g, and a product, sum or root rounded at a time:
//     out1 = b * b1 + a1 * c1             (the running mean; b1 and c1 are numbers)
//     out2 = c * a2 + a1 * a1 * b2        (the running mean of squares)
//     out  = a - out1 * a3 / (sqrt(out2 * b3) + c3)
// and out3, unless it is negative, becomes NaN when one of them is not finite.
typedef struct {
    int16_t kind;
    int16_t op;
    int16_t out;
    int16_t a;
    int16_t b;
    int16_t c;
} ck_fused_step;

enum {
    ck_temporaries = 48,
    ck_operands = 48,
    ck_spreads = 8, // operands that are a row or a column and stand for a matrix
};

// Elementwise steps over one shape, and what in memory they read and write. Every operand is contiguous and of that
// shape, or repeats a row, a column or a number; the results are contiguous.
typedef struct {
    int32_t step_count;
    int32_t operand_count;
    ck_fused_step *_Nullable steps;
    ck_view *_Nullable operands;
} ck_fused_list;

// A stream of Philox-4x32-10: block `counter` of the stream (key, stream) is a pure function of the three.
typedef struct {
    uint64_t key;
    uint64_t stream;
    uint64_t counter;
} ck_stream;

// Works through `count` calls in order.
void ck_run(int precision, const ck_call *_Nonnull calls, int64_t count);

// Some threads that share calls. Helpers sleep while there is nothing to do and are gone with the team.
typedef struct ck_team ck_team;

// A team of so many threads, the caller among them; NULL when there is nothing to gain or no thread to be had.
ck_team *_Nullable ck_team_create(int threads);
void ck_team_destroy(ck_team *_Nullable team);
// Its threads, with the caller's: 1 without a team.
int ck_team_threads(const ck_team *_Nullable team);

// As ck_run, and with the same bits: calls that are worth it are cut into parts. By one thread at a time.
void ck_run_in_team(ck_team *_Nullable team, int precision, const ck_call *_Nonnull calls, int64_t count);

// Whether a team cuts the call into parts.
int ck_is_shared(const ck_call *_Nonnull call);

// The threads of a team where nothing else is asked for: GAN_THREADS, else two if the process may use two cores.
int ck_standard_threads(void);

// From now on some megabytes of freed memory stay with the program: arrays of some hundred kilobytes come and go with
// every operation on a batch, and the system zeroes each page that it hands out anew. Where the C library can be told.
void ck_keep_memory(void);

// One block of Philox-4x32-10.
void ck_philox(const uint32_t counter[_Nonnull 4], const uint32_t key[_Nonnull 2], uint32_t out[_Nonnull 4]);

// The 128 bits of one block, low words first.
typedef struct {
    uint64_t first;
    uint64_t second;
} ck_block;

// The block at the stream's counter, which moves on by one.
ck_block ck_next_block(ck_stream *_Nonnull stream);

// A standard normal number from a block, by Box and Muller, from the C library's functions.
double ck_normal_number(ck_block block);

// Processor paths: 0 is plain code, larger is faster. The environment variable GAN_PROCESSOR_PATH
// (baseline, x86-64-v3, x86-64-v4) asks for one; a path that the processor lacks is not taken.
int ck_path_chosen(void);
int ck_path_count(void);
int ck_path_available(int path);
const char *_Nonnull ck_path_name(int path);
// Runs the calls on a given available path: for tests.
void ck_run_on_path(int path, int precision, const ck_call *_Nonnull calls, int64_t count);
// Runs one of the parts that a team would share.
void ck_run_part_on_path(int path, int precision, const ck_call *_Nonnull call, int part, int parts);

// Keeps a core as busy as it can be with multiply-adds in single precision on the chosen path, for a stopwatch around
// it. Returns how many floating-point operations that was; what they came to is left in `rest`.
double ck_peak(int64_t rounds, float *_Nonnull rest);
// What compiled the kernels: "clang 21.1.6 (...)".
const char *_Nonnull ck_compiler(void);

#ifdef __cplusplus
}
#endif

#endif
