import Language

extension Library {
    /// Functions about values of any kind.
    static func addLanguage(to registry: inout Registry) {
        registry.add([print, typeOfValue, zip])
    }

    private static let print = FunctionEntry(
        "print", topic: .language, "show values side by side on one line",
        parameters: [
            Parameter("values", .any, default: "", variadic: true, "what to show; texts appear without quotes")
        ],
        returns: "nothing",
        details: "A cell shows the value of an expression anyway; `print` is for lines made of several, as in a loop.",
        example: "for n in [1, 2] { print(\"n =\", n, \"square\", n**2) }"
    ) { arguments, context in
        let printer = ValuePrinter(style: .prompt(width: context.width))
        let texts = arguments.rest("values").map { $0.string ?? printer.inline($0) }
        context.emit(.text(texts.joined(separator: " ")))
        return .nothing
    }

    private static let typeOfValue = FunctionEntry(
        "type", topic: .language, "tell what kind of value this is",
        parameters: [Parameter("value", .any, "any value")], returns: "a word, such as \"number\" or \"matrix\"",
        example: "type([1, 2])"
    ) { arguments, _ in
        .string(try arguments.value("value").typeName)
    }

    private static let zip = FunctionEntry(
        "zip", topic: .language, "pair the members of two lists",
        parameters: [Parameter("first", .any, "a list or vector"), Parameter("second", .any, "another")],
        returns: "a list of pairs, as long as the shorter",
        example: "for a, b in zip([1, 2], [\"one\", \"two\"]) { print(a, b) }"
    ) { arguments, _ in
        .list(Swift.zip(try members("first", arguments), try members("second", arguments)).map { .tuple([$0, $1]) })
    }

    private static func members(_ name: String, _ arguments: Arguments) throws(CellError) -> [Value] {
        guard let items = try arguments.value(name).elements else {
            throw arguments.error(name, "must be a list or vector", kind: .type)
        }
        return items
    }
}
