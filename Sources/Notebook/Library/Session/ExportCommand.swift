import Files
import Language

extension Library {
    /// `export`.
    static func addExport(to registry: inout Registry) {
        registry.add([export])
    }

    private static let export = CommandEntry(
        "export", topic: .session, "write the session, a network, a matrix or a table for another program",
        parameters: [
            Parameter(
                "what", .oneOf([.path, .any]), default: "",
                "alone: the file for the session, .ipynb, .html or .gan; before `to`: a value"),
            Parameter("to", .path, default: "", "the file for a value: .safetensors, .json or .csv"),
        ],
        details: """
            `export my.ipynb` writes the session for Jupyter, `export my.html` a page that any browser shows without a \
            network, both with what the cells printed and drew; `export my.gan` the cells alone. `gan export FILE.md TO` in \
            the shell does the same with a saved notebook or a lesson. Such a file is never written over unless `export` \
            has written it.

            `export G to weights.safetensors` writes a network or a matrix as Python's safetensors package reads them, \
            `.json` as text, and `export sample(game, 1000) to samples.csv` a point a row. `read("weights.safetensors")` \
            gives the value back to the last bit.
            """,
        example: "G = mlp(2, 4, 2); export G to /tmp/weights.safetensors; read(\"/tmp/weights.safetensors\")"
    ) { (arguments, context) throws(CellError) in
        guard let path = try arguments.optionalString(arguments.has("to") ? "to" : "what") else {
            throw CellError(
                .value, "export: to which file?", help: "export my.html, or export G to weights.safetensors")
        }
        guard arguments.has("to"), let value = arguments.optionalValue("what") else {
            let place = arguments.range(of: arguments.has("to") ? "to" : "what")
            return context.request(.export(path, place))
        }
        try write(value, called: arguments.sources(of: "what").first ?? "", to: path, arguments, context)
    }

    private static func write(
        _ value: Value, called name: String, to path: String, _ arguments: Arguments, _ context: Context
    ) throws(CellError) {
        let bytes: [UInt8]
        do throws(CellError) {
            bytes = try ValueFile.bytes(of: value, called: name, for: path)
        } catch {
            throw error.placed(at: arguments.range(of: error.kind == .file ? "to" : "what"))
        }
        do throws(FileProblem) {
            try WholeFile.write(bytes, to: FilePath.expanded(path))
        } catch {
            throw CellError(
                .file, "nothing was exported. \(error)", at: arguments.range(of: "to"), help: "name another file")
        }
        context.emit(.note("wrote \(path)"))
    }
}
