import Foundation

/// What the system tells about the processes that run.
enum ProcessTable {
    /// The processes whose standard input is a pipe of ours.
    ///
    /// gnuplot's Qt window is held by a program of its own that leaves gnuplot's group and outlives a gnuplot that was
    /// killed; the pipe that it inherited is what still tells whose it is. Where there is no `/proc` none is found.
    static func readers(ofPipe number: UInt64) -> [pid_t] {
        guard number != 0 else { return [] }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(pid_t.init).filter { process in
            let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/0")
            return file == "pipe:[\(number)]"
        }
    }
}
