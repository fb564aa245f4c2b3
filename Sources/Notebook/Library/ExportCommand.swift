import Language

extension Library {
    /// `export`.
    static func addExport(to registry: inout Registry) {
        registry.add([export])
    }

    private static let export = CommandEntry(
        "export", topic: .session, "write the session in the format of another program",
        parameters: [Parameter("file", .path, "where to; its ending is the format: .ipynb, .html or .gan")],
        details: """
            `.ipynb` is Jupyter's notebook, `.html` a page that any browser shows without a network, both with what the \
            cells printed and drew; `.gan` holds the cells alone. `gan export FILE.md TO` in the shell does the same with \
            a saved notebook or a lesson. A file that `export` has not written is never written over.
            """,
        example: "x = 3; export /tmp/session.html"
    ) { (arguments, context) throws(CellError) in
        context.request(.export(try arguments.string("file"), arguments.range(of: "file")))
    }
}
