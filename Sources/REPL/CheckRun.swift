import Files
import Foundation
import Notebook
import Words

/// Checks documents one after the other and says what was found.
struct CheckRun {
    let screen: Screen
    let checker: LessonChecker
    let updatesOutputs: Bool

    /// Checks the files; the exit code.
    func run(_ files: [URL]) -> Int32 {
        guard !files.isEmpty else {
            writeError("There is nothing to check: no file was named, and no lessons were found (see `gan doctor`).")
            return 1
        }
        return files.map(check).allSatisfy { $0 } ? 0 : 1
    }

    private func check(_ file: URL) -> Bool {
        screen.showProgress(0, file.relativePath)
        let start = ContinuousClock.now
        let report: LessonReport
        if updatesOutputs {
            do throws(FileProblem) {
                let updated = try checker.updateOutputs(of: file)
                report = updated.report
                let parts = [(updated.blocks, "output"), (updated.pictures, "picture")].filter { $0.0 > 0 }
                    .map { Wording.count($0.0, $0.1) }
                if !parts.isEmpty {
                    screen.write("\(file.relativePath): \(parts.joined(separator: " and ")) written anew")
                }
            } catch {
                writeError("\(error)")
                return false
            }
        } else {
            report = checker.check(file)
        }
        let elapsed = (ContinuousClock.now - start).components
        let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
        let mark = report.isGood ? screen.theme.paint("ok  ", .success) : screen.theme.paint("FAIL", .error)
        screen.write("\(mark)  \(file.relativePath): \(report.summary) (\(String(format: "%.1f", seconds)) s)")
        for problem in report.problems { writeError("\(problem)") }
        return report.isGood
    }
}
