import Foundation

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
        try ("#!/bin/sh\n" + script + "\n").write(toFile: file("gnuplot"), atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file("gnuplot"))
        return path + ":/usr/bin:/bin"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
