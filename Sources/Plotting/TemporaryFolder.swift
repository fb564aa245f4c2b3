import Foundation

/// A folder of our own that only this user can enter; it goes when the value is let go.
final class TemporaryFolder {
    let path: String

    init() throws(PlotError) {
        let base = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(base)/gan-plot-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .notStarted(reason: "no temporary folder in '\(base)': \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
