import Language

extension Library {
    /// Commands that walk through the lessons.
    static func addLessons(to registry: inout Registry, resources: Resources) {
        registry.add([lessons, lesson])
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
            Parameter("name", .word, "its number, or how its title begins"),
            Parameter("from", .choice(["restart"]), default: "", "`restart` begins at the beginning"),
        ],
        details: """
            A lesson starts with no variables; yours come back when it ends. Anything else that you type while it is open \
            is a cell like any other: play, then say `next`.
            """,
        example: "lessons"
    ) { (arguments, context) throws(CellError) in
        let name = try arguments.string("name")
        context.request(.open(name, restart: arguments.has("from"), arguments.range(of: "name")))
    }

    private static let moves: [(name: String, summary: String, request: SessionMove)] = [
        ("next", "go on in the lesson: run the cell that is shown, or read on", .next),
        ("back", "go back a step, with everything as it was there", .back),
        ("skip", "go on without an answer; the model answer runs", .skip),
        ("hint", "show the next hint", .hint),
        ("solution", "show the model answer, without running it", .solution),
        ("quit lesson", "leave the lesson; `lesson N` takes it up again at the same step", .leave),
    ]

    private static func move(_ name: String, _ summary: String, _ request: SessionMove) -> CommandEntry {
        CommandEntry(
            name, topic: .lessons, summary, parameters: [], example: "lessons"
        ) { (_, context) throws(CellError) in
            context.request(.move(request))
        }
    }
}
