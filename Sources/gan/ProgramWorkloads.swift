import Foundation
import LinearAlgebra
import Notebook
import Probability

extension Workloads {
    /// What a person waits for: files, sessions, the prompt.
    static var program: [Workload] { [csvLoad, sessionSaveLoad, startUp, plotWhileTraining] }

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
                        sum + (try PromptProbe(program: program, home: folder.url).timeToPrompt)
                    }
                }
            ]
        }
    }
}

extension Workloads {
    /// A game that is watched as closely as can be, and the same one by itself. The picture at the end is asked for in both.
    private static var plotWhileTraining: Workload {
        let steps = 100_000
        return Workload(
            name: "plot-while-training",
            summary: "\(steps) steps of a small game at the prompt with a picture of it all the while", repeats: 7
        ) { _ in
            guard let program = Bundle.main.executableURL else { throw CocoaError(.fileNoSuchFile) }
            let folder = try ScratchFolder()
            let probe = try PromptProbe(program: program, home: folder.url)
            _ = try probe.time(of: "game = gan(mlp(2, 16, 16, 2), mlp(2, 16, 16, 1), ring8)")
            func time(of train: String, _ count: Int) throws -> Duration {
                try (0..<count).reduce(.zero) { sum, _ in sum + (try probe.time(of: train)) }
            }
            return [
                Workload.Part(
                    run: { count in
                        _ = try probe.time(of: "watch plot dashboard every 10")
                        return try time(of: "train \(steps)", count)
                    },
                    without: { count in
                        // the folder stays as long as the program that has its home there
                        defer { withExtendedLifetime(folder) {} }
                        _ = try probe.time(of: "unwatch plot")
                        return try time(of: "train \(steps); plot dashboard", count)
                    })
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
