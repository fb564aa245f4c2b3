// A C door to gnuplotio::Gnuplot (gnuplot-iostream), which Swift cannot import: it can be neither copied nor moved.
//
// No exception and no SIGPIPE leaves these functions, and none of them waits longer than it is told to.

#ifndef CGNUPLOT_H
#define CGNUPLOT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A stream to one gnuplot process.
typedef struct cgnuplot cgnuplot;

enum {
    CGNUPLOT_OK = 0,    // everything was taken
    CGNUPLOT_FULL = 1,  // gnuplot does not read: the time was over before everything was taken
    CGNUPLOT_GONE = 2,  // nobody reads any more: gnuplot has ended
};

/// Starts `command` with the shell and opens a stream to its standard input.
/// Returns NULL, with the reason in `message`, when no process could be made.
cgnuplot *cgnuplot_open(const char *command, char *message, size_t capacity);

/// Sends bytes (commands or data), for at most `milliseconds`. `sent` tells how many were taken.
int cgnuplot_send(cgnuplot *stream, const char *bytes, size_t count, int milliseconds, size_t *sent);

/// Whether a process still reads the stream.
int cgnuplot_is_read(cgnuplot *stream);

/// The number by which the system knows the pipe to the process; 0 when there is none.
unsigned long long cgnuplot_pipe(cgnuplot *stream);

/// Closes the stream and waits for the process to end; a process that may be hanging has to be killed first.
void cgnuplot_close(cgnuplot *stream);

#ifdef __cplusplus
}
#endif

#endif
