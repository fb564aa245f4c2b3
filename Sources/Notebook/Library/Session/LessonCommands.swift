import Language

extension Library {
    /// Commands that walk through the lessons.
    static func addLessons(to registry: inout Registry, resources: Resources) {
        registry.add([lessons, lesson, progress, review, glossary])
        registry.add(moves.map { move($0.name, $0.summary, $0.request) })
    }

    private static let lessons = CommandEntry(
        "lessons", topic: .lessons, "list the lessons and how far you are", parameters: [], example: "lessons"
    ) { (_, context) throws(CellError) in
        context.request(.catalogue)
    }

    private static let lesson = CommandEntry(
        "lesson", topic: .lessons, "open a lesson, where you left it",
        parameters: [
            Parameter(
                "name", .word, default: "", "its number, or words of its title; left out, the one where you were"),
            Parameter(
                "from", .integer(1...100_000), default: "", bare: true,
                "the step at which to begin, as in `lesson 8 from 5`"),
        ],
        details: """
            A lesson starts with no variables; yours come back when it ends. Anything else that you type while it is open \
            is a cell like any other: play, then say `next`. When you come back to a lesson that you have left, everything \
            in it is as you left it: what you typed runs again. `from` goes to a step with what you typed before it; where \
            you have not been, the model answers run in place of yours. `restart lesson` begins with nothing.
            """,
        example: "lessons"
    ) { (arguments, context) throws(CellError) in
        let name = try arguments.optionalString("name") ?? ""
        let step = try arguments.optionalInteger("from")
        let start = step.map { LessonStart.step($0, arguments.range(of: "from")) } ?? .whereLeft
        context.request(.open(name, start, arguments.range(of: "name")))
    }

    private static let progress = CommandEntry(
        "progress", topic: .lessons, "show how far you are in every lesson", parameters: [], example: "progress"
    ) { (_, context) throws(CellError) in
        context.request(.progress)
    }

    private static let review = CommandEntry(
        "review", topic: .lessons, "ask the questions again that you got wrong or skipped", parameters: [],
        details: """
            Each question is asked as it was in its lesson, with the lesson's variables. What you answer right at once does \
            not come back; the rest waits for the next review. `quit lesson` ends the round.
            """,
        example: "review"
    ) { (_, context) throws(CellError) in
        context.request(.review)
    }

    private static let glossary = CommandEntry(
        "glossary", topic: .lessons, "explain a term of the field",
        parameters: [
            Parameter("word", .word, default: "", variadic: true, "the term; all terms are listed if it is left out")
        ],
        example: "glossary gradient"
    ) { (arguments, context) throws(CellError) in
        let words = arguments.rest("word").compactMap(\.string)
        context.request(
            .glossary(words.isEmpty ? nil : words.joined(separator: " "), arguments.range(of: "word")))
    }

    private static let moves: [(name: String, summary: String, request: SessionMove)] = [
        ("next", "go on in the lesson: run the cell that is shown, or read on", .next),
        ("back", "go back a step, with everything as it was there", .back),
        ("skip", "go on without an answer; the model answer runs", .skip),
        ("hint", "show the next hint", .hint),
        ("solution", "show the model answer, without running it", .solution),
        ("why", "tell the reason behind the last answer once more", .why),
        ("where", "tell where you are in the lesson, and what waits there", .tell),
        ("restart lesson", "begin the open lesson again at its beginning", .restart),
        ("quit lesson", "leave the lesson; `lesson N` takes it up again as you left it", .leave),
    ]

    private static func move(_ name: String, _ summary: String, _ request: SessionMove) -> CommandEntry {
        CommandEntry(
            name, topic: .lessons, summary, parameters: [], example: "lessons"
        ) { (_, context) throws(CellError) in
            context.request(.move(request))
        }
    }
}
