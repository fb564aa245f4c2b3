import Foundation
import LinearAlgebra
import Notebook
import Probability

extension Workloads {
    /// What a person waits for: files, sessions, the prompt.
    static var program: [Workload] { [csvLoad, sessionSaveLoad, startUp] }

    private static var csvLoad: Workload {
        let rows = 1_000_000
        return Workload(
            "csv-load", "read a CSV file of a million rows: two columns of numbers, one of words",
            amount: Amount(count: Double(rows), unit: "rows/s"), repeats: 5
        ) { _ in
            let folder = try ScratchFolder()
            let file = folder.url.appending(path: "rows.csv")
            var stream = RandomStream(seed: 1)
            let lines = (0..<rows).map { _ in
                "\(stream.normal()),\(stream.integer(below: 1000)),\(stream.integer(below: 2) == 0 ? "real" : "made up")"
            }
            try (["x,count,kind"] + lines).joined(separator: "\n").write(to: file, atomically: false, encoding: .utf8)
            return { for _ in 0..<$0 { _ = try CSVReader.read(path: folder.url.appending(path: "rows.csv").path) } }
        }
    }

    private static var sessionSaveLoad: Workload {
        let cells = 1000
        return Workload(
            "session-save-load", "save a session of 1000 cells, and run the saved file in a new one",
            amount: Amount(count: Double(cells), unit: "cells/s"), repeats: 5
        ) { _ in
            let folder = try ScratchFolder()
            let session = Session(configuration: .init())
            for cell in 1...cells { session.run("x\(cell % 10) = linspace(0, \(cell), 50); sum(x\(cell % 10)**2)") }
            return { count in
                for _ in 0..<count {
                    let file = folder.url.appending(path: "session.md").path
                    guard session.run("save '\(file)'").error == nil else { throw CocoaError(.fileWriteUnknown) }
                    let another = Session(configuration: .init())
                    guard another.run("run '\(file)'").error == nil else { throw CocoaError(.fileReadUnknown) }
                }
            }
        }
    }

    private static var startUp: Workload {
        Workload(
            name: "start-up", summary: "from the start of the program to its prompt, in a terminal of its own",
            repeats: 21
        ) { _ in
            guard let program = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
            let folder = try ScratchFolder()
            return [
                Workload.Part { count in
                    try (0..<count).reduce(.zero) { sum, _ in
                        sum + (try PromptProbe(program: program, home: folder.url).timeToPrompt())
                    }
                }
            ]
        }
    }
}

/// A folder that goes when nobody needs it any more.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "gan-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
