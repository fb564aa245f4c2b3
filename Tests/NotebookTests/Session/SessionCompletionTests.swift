import Files
import Foundation
import Language
import Learning
import Testing

@testable import Notebook

@Suite struct SessionCompletionTests {
    @Test func completesDataSetsInTheStringsOfRead() {
        let session = Session(
            configuration: .init(resources: Resources(datasets: Fixture.root.appending(path: "datasets"))))
        let line = "birds = read(\"pen"
        #expect(session.completions(line, at: line.utf8.count).items.map(\.text).contains("penguins"))
        let other = "print(\"pen"
        #expect(!session.completions(other, at: other.utf8.count).items.map(\.text).contains("penguins"))
    }

    @Test(arguments: [
        ("net = mlp(2, 3, 1, activation=\"", Activation.allCases.map(\.rawValue)),
        ("gan(G, D, ring8, loss=\"m", ["minimax"]),
        ("gan(G, D, ring8, optimizer=\"ad", ["adam"]),
        ("fit D optimizer=\"mom", ["momentum"]),
    ])
    func completesWordsInStrings(line: String, words: [String]) {
        let session = Session(configuration: .init())
        let found = session.completions(line, at: line.utf8.count).items.map(\.text)
        #expect(found == words)
    }

    @Test func completesLessonsAndFiles() throws {
        let session = Fixture.session()
        #expect(session.completions("lesson ", at: 7).items.prefix(2).map(\.text) == ["1", "2"])
        #expect(session.completions("hel", at: 3).items.map(\.text) == ["help"])
        try Fixture.withFolder { (folder: URL) throws in
            try WholeFile.write("x", to: folder.appending(path: "notes.md"))
            let line = "run \(folder.path)/no"
            #expect(session.completions(line, at: line.utf8.count).items.map(\.text) == ["\(folder.path)/notes.md"])
        }
    }
}
