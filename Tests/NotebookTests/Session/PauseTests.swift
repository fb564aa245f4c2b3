import Language
import Testing

@testable import Notebook

/// Commands that pause: for a person each part waits for Enter, in a pipe nothing waits.
@Suite struct PauseTests {
    private func session(isPatient: Bool, seen: @escaping (String) -> Void) -> Session {
        var registry = Fixture.registry
        registry.add(
            CommandEntry("parts", topic: .models, "shows three parts", parameters: [], example: "parts") { _, context in
                for part in ["one", "two", "three"] {
                    if part != "one" { context.emit(.pause) }
                    context.emit(.text(part))
                }
            })
        var configuration = Session.Configuration(
            registry: registry,
            events: { event in
                switch event.output {
                case .text(let text): seen(text)
                case .pause: seen("...")
                case .value: seen("value")
                default: seen("other")
                }
            })
        configuration.isPatient = isPatient
        return Session(configuration: configuration)
    }

    @Test func eachPartWaitsForAPerson() {
        var seen: [String] = []
        let session = session(isPatient: true) { seen.append($0) }
        #expect(session.run("parts").number == 1)
        #expect(seen == ["one", "..."] && session.isPaused)
        #expect(session.keyHints.map(\.key) == ["Enter", "Ctrl-C"])
        session.run("next")
        #expect(seen == ["one", "...", "two", "..."] && session.isPaused)
        // A cell in between is just a cell.
        session.run("2 + 3")
        #expect(seen.last == "value" && session.isPaused)
        session.run("next")
        #expect(seen.last == "three" && !session.isPaused)
        // The notebook has all of it, whoever pressed Enter.
        #expect(session.transcript(of: session.record[0].outputs) == "one\ntwo\nthree")
    }

    @Test func aNewCommandThatPausesTakesThePlaceOfTheOld() {
        var seen: [String] = []
        let session = session(isPatient: true) { seen.append($0) }
        session.run("parts")
        session.run("parts")
        session.run("next")
        #expect(seen == ["one", "...", "one", "...", "two", "..."])
    }

    @Test func inAPipeNothingWaits() {
        var seen: [String] = []
        let session = session(isPatient: false) { seen.append($0) }
        session.run("parts")
        #expect(seen == ["one", "...", "two", "...", "three"] && !session.isPaused)
    }
}
