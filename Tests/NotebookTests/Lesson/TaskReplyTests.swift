import Language
import Testing

@testable import Notebook

/// What an attempt is told that no mistake was written for.
@Suite struct TaskReplyTests {
    private func reply(_ check: String, after source: String) -> String? {
        let session = Session(configuration: .init(seed: 1))
        session.run(source)
        return TaskReply(session: session, check: SourceText(check, line: 1), state: session.context.state).text?
            .plainText
    }

    @Test(arguments: [
        ("mean(y) > 4.5", "mean(y) is 2; it has to be more than 4.5."),
        ("len(y) == 10 and mean(y) > 4.5", "len(y) is 3; it has to be exactly 10."),
        ("len(y) == 3 and mean(y) <= -1", "mean(y) is 2; it has to be at most -1."),
        ("len(y) == 3 and y[0] == 7", "Of the 2 things that are asked for, 1 holds so far."),
        ("w > 0 and y[0] == 1", "There is no w yet."),
    ])
    func whatIsMissingIsTold(check: String, said: String) {
        #expect(reply(check, after: "y = [1, 2, 3]") == said)
    }

    /// The number that is looked for, or how far it is away, would be the answer.
    @Test(arguments: ["y == 9", "abs(y - 9) < 0.1", "max(abs([y, y] - 9)) < 1"])
    func nothingIsGivenAway(check: String) {
        #expect(reply(check, after: "y = 2") == "What the task asks for does not hold yet.")
    }

    @Test func aCheckThatCannotBeReadSaysNothing() {
        #expect(reply("not a ( condition", after: "y = 1") == nil)
    }
}
