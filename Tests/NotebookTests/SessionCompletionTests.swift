import Foundation
import Language
import Testing

@testable import Notebook

@Suite struct SessionCompletionTests {
    @Test func completesLessonsAndFiles() throws {
        let session = Fixture.session()
        #expect(session.completions("lesson ", at: 7).items.prefix(2).map(\.text) == ["1", "2"])
        #expect(session.completions("hel", at: 3).items.map(\.text) == ["help"])
        try Fixture.withFolder { (folder: URL) throws in
            try TextFile.write("x", to: folder.appending(path: "notes.md"))
            let line = "run \(folder.path)/no"
            #expect(session.completions(line, at: line.utf8.count).items.map(\.text) == ["\(folder.path)/notes.md"])
        }
    }
}
