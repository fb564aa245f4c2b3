import Language

extension Library {
    /// Commands about the cells of the notebook.
    static func addCells(to registry: inout Registry) {
        registry.add([cells, cell, note, edit, editor, rerun, delete, move, open, replay])
    }

    private static let anyNumber = Parameter.Kind.integer(1...9_999_999)

    private static let cells = CommandEntry(
        "cells", topic: .session, "list the cells of the notebook and how they stand",
        parameters: [Parameter("count", anyNumber, default: "", "how many of the last; 100 if left out")],
        details: """
            A cell is `ok`, `failed` (it changed nothing), `stale` (what it uses has changed since it ran: a cell above \
            was edited, run again, moved or deleted), `new` (it stands in an opened file and has not run), or a `note`. \
            Which cell uses what is known from the names in it, from the game that a command plays, from `_` and \
            `out[7]`, and from the random numbers that it draws.
            """,
        example: "x = 3; cells"
    ) { (arguments, context) throws(CellError) in
        context.request(.cells(.list(try arguments.optionalInteger("count"))))
    }

    private static let cell = CommandEntry(
        "cell", topic: .session, "show a cell and what it printed, once more",
        parameters: [Parameter("number", anyNumber, "the cell's number, as `cells` lists it")],
        example: """
            x = 3
            cell 1
            """
    ) { (arguments, context) throws(CellError) in
        context.request(.cells(.show(try arguments.integer("number"), arguments.range(of: "number"))))
    }

    private static let note = CommandEntry(
        "note", topic: .session, "keep a paragraph of text in the notebook",
        parameters: [Parameter("text", .text, "the text, in Markdown if you like")],
        details: "It has a number as cells have: `edit` changes it, `move` and `delete` work as well.",
        example: "note G needs more noise."
    ) { (arguments, context) throws(CellError) in
        context.request(.cells(.note(try arguments.string("text"))))
    }

    private static let edit = CommandEntry(
        "edit", topic: .session, "change the text of a cell and run it",
        parameters: [
            Parameter("cell", .text, "the cell's number; behind it the new text, if you want to give it here")
        ],
        details: """
            `edit 7` puts the text of cell 7 into the line, to be changed; Enter runs it, Ctrl-C leaves the cell as it is. \
            `edit 7 x = 5` gives the text at once. The cell keeps its number and its place, and its new output stands in \
            place of the old one. It runs with the variables of today and with the random numbers of its place: those \
            with which it began before, unless a cell above it draws others now. A text that fails changes nothing. \
            Cells below that use what has changed become stale. `undo` takes all of it back.
            """,
        example: """
            x = 3
            edit 1 x = 4
            """
    ) { (arguments, context) throws(CellError) in
        let (number, text) = try numberAndText(arguments, of: "cell")
        let range = arguments.range(of: "cell")
        context.request(.cells(.edit(number, text: text, wantsEditor: false, range)))
    }

    private static let editor = CommandEntry(
        "editor", topic: .session, "change the text of a cell in your editor and run it",
        parameters: [Parameter("cell", anyNumber, "the cell's number")],
        details: """
            The editor is `$VISUAL` or `$EDITOR`. A text that is left as it was does not run. Otherwise as `edit`.
            """,
        example: """
            x = 3
            editor 1
            """
    ) { (arguments, context) throws(CellError) in
        let number = try arguments.integer("cell")
        context.request(.cells(.edit(number, text: nil, wantsEditor: true, arguments.range(of: "cell"))))
    }

    private static let rerun = CommandEntry(
        "rerun", topic: .session, "run cells again where they stand",
        parameters: [Parameter("cells", .line, "a number, a range such as `3..9`, or `stale`")],
        details: """
            A cell that runs again keeps its number, and its new output stands in place of the old one. It runs with the \
            variables of today, so `x = x + 1` adds once more; and with the random numbers of its place, so that the same \
            text on the same values gives the same numbers. `rerun stale` runs, from the top, every cell whose inputs \
            have changed since it ran. The first that fails ends it, and is as it was. `undo` takes it back. \
            `replay` runs everything from the top, with no variables to begin with.
            """,
        example: """
            x = 3
            rerun 1
            """
    ) { (arguments, context) throws(CellError) in
        let target = try rerunTarget(try arguments.string("cells"), at: arguments.range(of: "cells"))
        context.request(.cells(.rerun(target, arguments.range(of: "cells"))))
    }

    private static let delete = CommandEntry(
        "delete", topic: .session, "take cells out of the notebook",
        parameters: [Parameter("cells", anyNumber, variadic: true, "their numbers")],
        details: "Their variables stay: `forget` takes those away. `undo` brings the cells back.",
        example: """
            x = 3
            delete 1
            """
    ) { (arguments, context) throws(CellError) in
        context.request(.cells(.delete(try arguments.integers("cells"), arguments.range(of: "cells"))))
    }

    private static let move = CommandEntry(
        "move", topic: .session, "move a cell to another place in the notebook",
        parameters: [
            Parameter("cell", anyNumber, "its number"),
            Parameter("after", anyNumber, default: "", bare: true, "the cell below which it is to stand"),
            Parameter("before", anyNumber, default: "", bare: true, "or the cell above which it is to stand"),
        ],
        details: "It keeps its number. Nothing runs; cells that now stand before what they use become stale.",
        example: """
            x = 3
            y = 4
            move 2 before 1
            """
    ) { (arguments, context) throws(CellError) in
        let (after, before) = (try arguments.optionalInteger("after"), try arguments.optionalInteger("before"))
        let place: MovePlace
        switch (after, before) {
        case (let after?, nil): place = .after(after, arguments.range(of: "after"))
        case (nil, let before?): place = .before(before, arguments.range(of: "before"))
        default: throw CellError(.value, "move: where to?", help: "`move 5 after 2`, or `move 5 before 2`")
        }
        context.request(.cells(.move(try arguments.integer("cell"), place, arguments.range(of: "cell"))))
    }

    private static let open = CommandEntry(
        "open", topic: .session, "open a saved notebook and show it, without running it",
        parameters: [
            Parameter("file", .path, "a notebook: Markdown, one of Jupyter's (`.ipynb`), or cells alone (`.gan`)")
        ],
        details: """
            Its cells take the place of those that are here, which are saved first. Nothing runs: `replay` runs all of \
            them, `rerun 3` one, `edit` changes one. What you type comes after its last cell. `save` writes every byte \
            as it was but for what has changed.

            Of a notebook of Jupyter's, cells in our language become cells, and everything else becomes text: code in \
            another language, commands to Jupyter or the shell. Save it under a name of its own.
            """,
        example: "open /dev/null"
    ) { (arguments, context) throws(CellError) in
        context.request(.cells(.open(try arguments.string("file"), arguments.range(of: "file"))))
    }

    private static let replay = CommandEntry(
        "replay", topic: .session, "run the notebook from the top and show what comes out otherwise",
        parameters: [],
        details: """
            All cells run in their order, from the notebook's seed and with no variables to begin with, as they do when a \
            saved notebook is run. Pictures are not shown. For a cell that prints something else, its lines are shown as \
            they stood (-) and as they came out (+); its new output stands in the notebook then. The first cell that \
            fails ends it. `undo` takes it back.
            """,
        example: """
            x = 3
            replay
            """
    ) { (_, context) throws(CellError) in
        context.request(.cells(.replay(nil)))
    }

    // MARK: Reading

    /// "7 x = 5": the number and the text behind it, nil if there is none.
    private static func numberAndText(
        _ arguments: Arguments, of name: String
    ) throws(CellError) -> (Int, String?) {
        let line = try arguments.string(name)
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let rest = line.dropFirst(digits.count)
        guard let number = Int(digits), rest.first?.isWhitespace ?? true else {
            throw arguments.error(name, "begins with the number of a cell", help: "`edit 7`, or `edit 7 x = 5`")
        }
        let text = rest.drop(while: \.isWhitespace)
        return (number, text.isEmpty ? nil : String(text))
    }

    private static func rerunTarget(_ text: String, at range: SourceRange?) throws(CellError) -> RerunTarget {
        let words = text.replacing(" ", with: "")
        if words == "stale" { return .stale }
        let ends = words.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
        switch (ends.first ?? nil, ends.count) {
        case (let number?, 1): return .cells(number...number)
        case (let first?, 2):
            if let last = ends[1], last >= first { return .cells(first...last) }
            fallthrough
        default:
            throw CellError(
                .value, "rerun: `\(text)` names no cells", at: range, help: "`rerun 7`, `rerun 3..9` or `rerun stale`")
        }
    }
}
