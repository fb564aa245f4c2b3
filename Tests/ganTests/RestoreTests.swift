import Foundation
import Testing

/// A program that is killed, and what the next start offers.
@Suite struct RestoreTests {
    private let gan: GanProgram

    init() throws { gan = try GanProgram() }

    @Test func whatWasTypedOutlivesAKill() throws {
        defer { gan.clear() }
        let first = try gan.open()
        first.expectLine("[1] ›")
        first.type("x = randn(2)[0]; x\r")
        first.expectLine("[2] ›")
        first.type("y = 2\r")
        first.expectLine("[3] ›")
        first.type("edit 2\r")
        first.expectLine("[2] › y = 2")
        first.type("1\r")
        first.expectLine("[3] ›")
        let value = first.screen.text.split(separator: "\n").first { Double($0) != nil }
        first.signal(SIGKILL)
        #expect(first.exitCode() != nil)

        let second = try gan.open()
        second.expect("`y = 21`")
        second.expectLine("Enter brings it back, n does not ›")
        second.type("\r")
        second.expectLine("[3] ›")
        second.type("x; y\r")
        second.expect("\(value ?? "nothing")\n21\n[4] ›")
        second.type("\u{4}")
        #expect(second.exitCode() == 0)

        let third = try gan.open()
        third.expectLine("[1] ›")
        third.type("restore\r")
        third.expectLine("[4] ›")
    }

    @Test func whoDoesNotWantItBackGoesOn() throws {
        defer { gan.clear() }
        let first = try gan.open()
        first.expectLine("[1] ›")
        first.type("x = 1\r")
        first.expectLine("[2] ›")
        first.signal(SIGKILL)
        #expect(first.exitCode() != nil)
        let second = try gan.open()
        second.expectLine("Enter brings it back, n does not ›")
        second.type("2 + 3\r")
        second.expect("5\n")
        second.expectLine("[2] ›")
    }
}
