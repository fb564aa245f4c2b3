import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct ReferencePageTests {
    private static let registry = Library.registry(resources: Resources())
    private static let page = ReferencePage(registry: registry).markdown

    private var headings: [String] {
        Markdown.read(Self.page).compactMap { located in
            if case .prose(.heading(_, let title)) = located.node { title.plainText } else { nil }
        }
    }

    @Test func everythingHasAHeadingOfItsOwn() {
        let headings = headings
        #expect(Set(headings).count == headings.count)
        let missing = Self.registry.names.filter { name in
            !headings.contains(name) && !headings.contains { $0.hasPrefix(name + " (") }
        }
        #expect(missing.isEmpty)
        for guide in LanguageGuide.all { #expect(headings.contains { $0.lowercased() == guide.name }, "\(guide.name)") }
    }

    @Test func everyLinkOfTheContentsLeadsToItsHeading() {
        let anchors = Dictionary(uniqueKeysWithValues: zip(CheckRun.anchors(headings), headings))
        let links = Self.page.matches(of: /\[([^\]]+)\]\(#([^)]+)\)/)
        #expect(links.count == headings.count - 1)
        for link in links {
            let title = String(link.1).replacing("`", with: "")
            #expect(anchors[String(link.2)] == title, "\(link.0)")
        }
    }

    @Test func everyExampleIsACell() {
        let document = Document(parsing: Self.page, file: "reference.md")
        #expect(document.problems.isEmpty)
        let cells = document.elements.count { if case .cell = $0.content { true } else { false } }
        let entries =
            Self.registry.commands.map(\.example) + Self.registry.functions.map(\.example)
            + Self.registry.constants.map(\.example)
        #expect(cells == entries.count { !$0.isEmpty })
    }
}
