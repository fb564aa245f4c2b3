import Foundation

/// What the system tells about the processes that run.
enum ProcessTable {
    /// The processes whose standard error is a file of ours.
    ///
    /// gnuplot's Qt window is held by a program of its own that leaves gnuplot's group and outlives a gnuplot that was
    /// killed; the pipe that it inherited is what still tells whose it is. Where there is no `/proc` none is found.
    static func processes(complainingTo path: String) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(pid_t.init).filter { process in
            let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/2")
            // The shell round gnuplot removes the folder when gnuplot has ended; Linux then adds " (deleted)".
            return file == path || file == path + " (deleted)"
        }
    }
}
