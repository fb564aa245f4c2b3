#include "CGnuplot.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstring>
#include <mutex>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

#include <gnuplot-iostream.h>

namespace {

using Clock = std::chrono::steady_clock;

/// A write of less than a page to a pipe that polls as writable never blocks.
constexpr size_t chunk = 2048;

/// Keeps SIGPIPE from this thread for as long as it lives, and swallows the one that a write may have caused.
class WithoutBrokenPipeSignal {
public:
    WithoutBrokenPipeSignal() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        wasPending_ = sigismember(&pending, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }

    ~WithoutBrokenPipeSignal() {
        sigset_t pending;
        sigpending(&pending);
        if (!wasPending_ && sigismember(&pending, SIGPIPE)) {
            int signal = 0;
            sigwait(&pipe_, &signal);
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

    WithoutBrokenPipeSignal(const WithoutBrokenPipeSignal &) = delete;
    WithoutBrokenPipeSignal &operator=(const WithoutBrokenPipeSignal &) = delete;

private:
    sigset_t pipe_, before_;
    bool wasPending_;
};

/// gnuplot-iostream writes "pclose returned error" to std::cerr when gnuplot did not end well; the caller tells that.
class WithoutStandardError {
public:
    WithoutStandardError() : alone_(mutex()), before_(std::cerr.rdbuf(sink_.rdbuf())) {}
    ~WithoutStandardError() { std::cerr.rdbuf(before_); }
    WithoutStandardError(const WithoutStandardError &) = delete;
    WithoutStandardError &operator=(const WithoutStandardError &) = delete;

private:
    static std::mutex &mutex() {
        static std::mutex one;
        return one;
    }

    std::lock_guard<std::mutex> alone_;
    std::ostringstream sink_;
    std::streambuf *before_;
};

int millisecondsUntil(Clock::time_point deadline) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

} // namespace

struct cgnuplot {
    explicit cgnuplot(const char *command) : plot(command) {
        // What else this process starts must not hold the pipe open.
        fcntl(descriptor(), F_SETFD, FD_CLOEXEC);
    }

    int descriptor() { return plot->handle(); }

    /// Waits until gnuplot takes more: CGNUPLOT_OK, _FULL or _GONE.
    int waitForRoom(int milliseconds) {
        pollfd state = {descriptor(), POLLOUT, 0};
        int count = poll(&state, 1, milliseconds);
        if (count > 0 && (state.revents & (POLLERR | POLLNVAL))) return CGNUPLOT_GONE;
        return count > 0 && (state.revents & POLLOUT) ? CGNUPLOT_OK : CGNUPLOT_FULL;
    }

    gnuplotio::Gnuplot plot;
};

extern "C" cgnuplot *cgnuplot_open(const char *command, char *message, size_t capacity) {
    try {
        return new cgnuplot(command);
    } catch (const std::exception &error) {
        if (capacity > 0) {
            std::strncpy(message, error.what(), capacity - 1);
            message[capacity - 1] = 0;
        }
    } catch (...) {
        if (capacity > 0) message[0] = 0;
    }
    return nullptr;
}

extern "C" int cgnuplot_send(
    cgnuplot *stream, const char *bytes, size_t count, int milliseconds, size_t *sent) {
    WithoutBrokenPipeSignal shield;
    auto deadline = Clock::now() + std::chrono::milliseconds(milliseconds);
    *sent = 0;
    try {
        while (*sent < count) {
            int room = stream->waitForRoom(millisecondsUntil(deadline));
            if (room != CGNUPLOT_OK) return room;
            size_t part = std::min(chunk, count - *sent);
            stream->plot.write(bytes + *sent, static_cast<std::streamsize>(part));
            stream->plot.flush();
            if (!stream->plot) return CGNUPLOT_GONE;
            *sent += part;
        }
        return CGNUPLOT_OK;
    } catch (...) {
        return CGNUPLOT_GONE;
    }
}

extern "C" int cgnuplot_is_read(cgnuplot *stream) {
    return stream->waitForRoom(0) != CGNUPLOT_GONE;
}

extern "C" unsigned long long cgnuplot_pipe(cgnuplot *stream) {
    struct stat state;
    return fstat(stream->descriptor(), &state) == 0 ? state.st_ino : 0;
}

extern "C" void cgnuplot_close(cgnuplot *stream) {
    WithoutBrokenPipeSignal shield;
    WithoutStandardError quiet;
    try {
        delete stream;
    } catch (...) {
    }
}
