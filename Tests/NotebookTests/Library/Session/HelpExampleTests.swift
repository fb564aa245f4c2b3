import Foundation
import Language
import Plotting
import Testing

@testable import Notebook

/// Every example of the registry runs in a new session, and every entry says what it is.
@Suite struct HelpExampleTests {
    private static let resources = Resources.find(environment: ["GAN_HOME": Fixture.root.path], program: nil)
    private static let registry = Library.registry(resources: resources)

    /// An entry of the registry.
    struct Entry: Sendable, CustomTestStringConvertible {
        var sort: String
        var name: String
        var summary: String
        var example: String
        var parameters: [Parameter]

        var testDescription: String { "\(sort) \(name)" }
    }

    private static let entries: [Entry] =
        registry.functions.map {
            Entry(sort: "function", name: $0.name, summary: $0.summary, example: $0.example, parameters: $0.parameters)
        }
        + registry.commands.map {
            Entry(sort: "command", name: $0.name, summary: $0.summary, example: $0.example, parameters: $0.parameters)
        }
        + registry.constants.map {
            Entry(sort: "value", name: $0.name, summary: $0.summary, example: $0.example, parameters: [])
        }

    @Test(arguments: entries) func theExampleRuns(entry: Entry) throws {
        try Fixture.withFolder { (folder: URL) throws in
            let session = Session(
                configuration: .init(
                    registry: Self.registry, resources: Self.resources, stateFolder: StateFolder(folder)))
            for cell in CellFile.cells(in: entry.example, registry: Self.registry) {
                let result = session.run(cell.text)
                #expect(result.error == nil, "\(entry.name): \(cell.text)")
            }
        }
    }

    @Test(arguments: entries) func theEntryIsDocumented(entry: Entry) {
        #expect(!entry.summary.isEmpty)
        #expect(!entry.summary.hasSuffix("."))
        #expect(!entry.example.isEmpty)
        let word = entry.name.split(separator: " ")[0]
        #expect(entry.name == "next" || entry.example.contains(word) || entry.sort == "command", "\(entry.example)")
        for parameter in entry.parameters { #expect(!parameter.summary.isEmpty, "\(entry.name): \(parameter.name)") }
        #expect(Set(entry.parameters.map(\.name)).count == entry.parameters.count)
    }

    @Test func everyTopicIsKnown() {
        #expect(Self.registry.topics.allSatisfy { Topic.all.contains($0) })
    }
}
