import Testing

@testable import Language

@Suite struct HelpPageTests {
    @Test func aCommandsPage() throws {
        let page = try #require(Registry.playground.helpPages(for: "plot histogram").first)
        #expect(
            page.text(width: 80) == """
                plot histogram values... [bins=30] [scale=count] [title=...] [to FILE]
                  a histogram (command)

                  values...  the numbers (a number, a list or a matrix)
                  bins       how many bars (a whole number from 1 to 1000; 30 unless given)
                  scale      what the height says (`count` or `density`; count unless given)
                  title      what stands above (a string; may be left out)
                  to         a file to draw to (a file name; may be left out)

                  example:
                    plot histogram [1, 2, 2]

                  see also: plot
                """)
    }

    @Test func aFunctionsPage() throws {
        let page = try #require(Registry.playground.helpPages(for: "linspace").first)
        #expect(page.usage == "linspace(start, stop, n=5)")
        #expect(page.returns == "a vector")
    }

    @Test func pagesKeepToTheWidth() {
        for name in Registry.playground.names {
            for page in Registry.playground.helpPages(for: name) {
                for line in page.text(width: 60).split(separator: "\n") { #expect(line.count <= 60) }
            }
        }
    }

    @Test func theExamplesRun() {
        let registry = Registry.playground
        for example in registry.functions.map(\.example) + registry.commands.map(\.example)
            + registry.constants.map(\.example)
        {
            #expect(Playground().error(example) == nil)
        }
    }

    @Test func topicsThatHoldSomething() {
        let topics = Registry.playground.topics.map(\.name)
        #expect(
            topics == ["language", "numbers", "random", "data", "plots", "models", "gradients", "lessons", "session"])
    }
}
