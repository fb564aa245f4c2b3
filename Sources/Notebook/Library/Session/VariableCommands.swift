import Language
import LinearAlgebra
import Words

extension Library {
    /// Commands about variables: listing them, looking into one, forgetting some.
    static func addVariables(to registry: inout Registry) {
        registry.add([variables, inspect, clear, forget])
    }

    private static let variables = CommandEntry(
        "vars", topic: .session, "list your variables", parameters: [],
        details: """
            Each with its kind, its shape, the memory that it takes, and the cell that set it. What variables share is \
            counted for each.
            """,
        example: "x = 3; vars"
    ) { (_, context) throws(CellError) in
        guard !context.state.variables.isEmpty else {
            return context.emit(.text("no variables yet; `x = 3` makes one"))
        }
        let rows = context.state.variables.sorted { $0.key < $1.key }.map { name, value in
            [
                name, value.typeName, value.shapeWords(width: context.width), MemorySize(of: value).words,
                context.cellThatSet(name).map(String.init) ?? "-",
            ]
        }
        let heading = ["name", "kind", "shape or value", "memory", "cell"]
        context.emit(.measured(TextTable.text([heading] + rows, left: [0, 1, 2], measured: 3)))
    }

    private static let inspect = CommandEntry(
        "inspect", topic: .session, "show everything about a value",
        parameters: [Parameter("value", .any, "a variable, or any expression")],
        details: "Its kind, shape, memory and origin; the range of its numbers; its members and what they are.",
        example: "x = [3, 1, 2]; inspect x"
    ) { (arguments, context) throws(CellError) in
        let value = try arguments.value("value")
        let written = arguments.sources(of: "value").first ?? ""
        let printer = ValuePrinter(style: .prompt(width: context.width))
        var rows = [("kind", value.typeName)]
        if let shape = value.shapeOrNil { rows.append(("shape", shape)) }
        let before = rows.count
        rows.append(("memory", MemorySize(of: value).words))
        if let cell = context.cellThatSet(written) { rows.append(("set by", "cell \(cell); `cell \(cell)` shows it")) }
        rows += value.numberFacts
        var memory = VaryingWords()
        memory.insert(1..<3, ofLine: before)
        context.emit(.measured(MeasuredText(HelpDesk.table(rows, width: context.width), varying: memory)))
        context.emit(.text(printer.text(value)))
        guard case .object(let object) = value, !object.memberNames.isEmpty else { return }
        var members: [(String, String)] = []
        for name in object.memberNames {
            let member = try? object.member(name)
            members.append((".\(name)", member.map { printer.summary($0) } ?? "-"))
        }
        context.emit(.text(HelpDesk.table(members, width: context.width)))
    }

    private static let clear = CommandEntry(
        "clear", topic: .session, "forget all variables, or those that are named",
        parameters: [Parameter("names", .name, default: "", variadic: true, "the variables; all if left out")],
        example: "x = 3; clear x", onlyAsks: false
    ) { (arguments, context) throws(CellError) in
        if arguments.has("names") { return try forgetNamed(arguments, context) }
        for name in context.state.variables.keys { context.give(name, nil) }
        context.state.slots = [:]
    }

    private static let forget = CommandEntry(
        "forget", topic: .session, "forget variables",
        parameters: [Parameter("names", .name, variadic: true, "the variables")],
        details: "`clear` forgets all of them. `undo` brings them back.",
        example: "x = 3; forget x", onlyAsks: false
    ) { (arguments, context) throws(CellError) in
        try forgetNamed(arguments, context)
    }

    private static func forgetNamed(_ arguments: Arguments, _ context: Context) throws(CellError) {
        let names = arguments.rest("names").compactMap(\.string)
        for name in names where context.state.variables[name] == nil {
            let help = Spelling.question(for: name, among: Array(context.state.variables.keys))
            throw CellError(.name, "there is no variable `\(name)`", at: arguments.range(of: "names"), help: help)
        }
        for name in names { context.give(name, nil) }
    }
}

extension Context {
    /// The number of the cell that gave a variable its value, if a cell did.
    fileprivate func cellThatSet(_ name: String) -> Int? {
        guard state.variables[name] != nil else { return nil }
        return given.contains(name) ? state.cellNumber : state.writers[name]?.cell
    }
}

extension Value {
    /// The shape of what has one, the number of what is counted.
    fileprivate var shapeOrNil: String? {
        switch self {
        case .tensor(let variable): variable.shape.rank == 0 ? nil : "\(variable.shape)"
        case .mask(let mask): "\(mask.shape)"
        case .list(let items), .tuple(let items): Wording.count(items.count, "value")
        default: nil
        }
    }

    /// The shape; the value itself of what has none, in a few words.
    fileprivate func shapeWords(width: Int) -> String {
        if let shapeOrNil { return shapeOrNil }
        let printer = ValuePrinter(style: .prompt(width: width))
        let (words, most) = (printer.summary(self), max(12, width - 44))
        return TextWidth.columns(of: words) <= most ? words : String(words.prefix(most - 1)) + "…"
    }

    /// What there is to say about the numbers of a matrix.
    fileprivate var numberFacts: [(String, String)] {
        guard case .tensor(let variable) = self else { return [] }
        var facts: [(String, String)] = []
        let values = variable.value.values
        let finite = values.filter(\.isFinite)
        if values.count > 1, let low = finite.min(), let high = finite.max() {
            let mean = finite.reduce(0, +) / Double(finite.count)
            let spread = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(finite.count)
            facts.append(("range", "\(low.significant(6)) to \(high.significant(6))"))
            facts.append(("mean", "\(mean.significant(6)), standard deviation \(spread.squareRoot().significant(6))"))
        }
        if finite.count < values.count {
            let odd = values.count - finite.count
            facts.append(("not finite", "\(odd) of \(Wording.count(values.count, "number"))"))
        }
        if variable.requiresGradient {
            let isMade = variable.operation != nil
            facts.append(("gradient", isMade ? "a parameter went into it" : "a parameter: `grad` takes slopes in it"))
        }
        return facts
    }
}
