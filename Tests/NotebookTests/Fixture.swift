import Foundation
import Testing

@testable import Notebook

/// Files that the tests read, and folders that they write to.
enum Fixture {
    /// The package's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The lesson that the description of the format ends with.
    static func exampleLesson() throws -> Document {
        let description = try String(contentsOf: root.appending(path: "lessons/README.md"), encoding: .utf8)
        let example = try #require(
            description.split(separator: "````markdown\n").last?.split(separator: "\n````").first)
        return Document(parsing: String(example) + "\n", file: "lessons/README.md")
    }
}
