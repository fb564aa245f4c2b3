import Foundation
import Plotting

/// A folder for one test, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "plotting-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    /// A program called gnuplot that is not one; gives the search path that finds it first.
    func fakeGnuplot(_ script: String) throws -> String {
        // Not for children: a file that somebody still has open for writing cannot be run ("text file busy").
        let program = open(file("gnuplot"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
        guard program >= 0 else { throw PlotError.unwritable(path: file("gnuplot"), reason: "test") }
        defer { close(program) }
        let text = Array("#!/bin/sh\n\(script)\n".utf8)
        guard write(program, text, text.count) == text.count else {
            throw PlotError.unwritable(path: file("gnuplot"), reason: "test")
        }
        return path + ":/usr/bin:/bin"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
