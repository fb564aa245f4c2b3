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

    /// A server that a display can be: a local socket where somebody listens; gives its path.
    func display(_ name: String = "display") throws -> String {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(file(name).utf8)
        try withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { throw PlotError.unwritable(path: file(name), reason: "test") }
            room.copyBytes(from: bytes)
        }
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        servers.append(server)
        let isListening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(server, 50) == 0
            }
        }
        guard isListening else { throw PlotError.unwritable(path: file(name), reason: "test") }
        return file(name)
    }

    /// Ends all servers, as when somebody logs out.
    func closeDisplays() {
        for server in servers {
            // A process that another test is just starting may still hold a copy.
            shutdown(server, Int32(SHUT_RDWR))
            close(server)
        }
        servers = []
    }

    private var servers: [Int32] = []

    deinit {
        closeDisplays()
        try? FileManager.default.removeItem(atPath: path)
    }
}
