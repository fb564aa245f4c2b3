import Foundation

/// What is read of a file of Jupyter's: https://nbformat.readthedocs.io/en/latest/format_description.html. Other programs
/// put what they like into it, so only what makes it a notebook has to be right.
struct JupyterFile {
    let metadata: Metadata
    let cells: [Cell]

    /// Why a text is no notebook.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a text in nbformat 4.
    init(_ bytes: [UInt8]) throws(Fault) {
        let json: JSONValue
        do {
            json = try JSONValue(reading: bytes)
        } catch {
            throw Fault(description: "it is no notebook of Jupyter's: \(error)")
        }
        guard let version = json["nbformat"]?.count else {
            throw Fault(description: "it is no notebook of Jupyter's: `nbformat` is missing")
        }
        guard version == 4 else {
            throw Fault(
                description:
                    "it is nbformat \(version), and 4 is what is read; `jupyter nbconvert --to notebook` writes it")
        }
        guard let items = json["cells"]?.array else {
            throw Fault(description: "it is no notebook of Jupyter's: `cells` is missing")
        }
        metadata = Metadata(json["metadata"])
        cells = try items.enumerated().map { index, item throws(Fault) in try Cell(item, place: index + 1) }
    }

    /// What is known of the whole notebook.
    struct Metadata {
        let title: String?
        /// The language of its code.
        let language: String
        /// What we wrote into it.
        let gan: (seed: UInt64, saved: String?)?

        var isOurs: Bool { language == "gan" }

        fileprivate init(_ json: JSONValue?) {
            title = json?["title"]?.string
            let kernel = json?["kernelspec"]
            let named = json?["language_info"]?["name"] ?? kernel?["language"] ?? kernel?["name"]
            language = named?.string?.lowercased() ?? "an unknown language"
            gan = json?["gan"].map { (UInt64($0["seed"]?.count ?? 1), $0["saved"]?.string) }
        }
    }

    /// A text, in one piece or line by line.
    struct Content {
        let text: String

        fileprivate init?(_ json: JSONValue?) {
            switch json {
            case .string(let text): self.text = text
            case .array(let lines): text = lines.compactMap(\.string).joined()
            default: return nil
            }
        }

        fileprivate static func byKind(_ json: JSONValue?) -> [String: Content] {
            if case .object(let members) = json { members.compactMapValues { Content($0) } } else { [:] }
        }
    }

    /// A cell of text or code.
    struct Cell {
        let kind: String
        let source: Content
        let outputs: [Output]
        /// Pictures of a text, by their names and kinds.
        let attachments: [String: [String: Content]]
        /// Where our cell begins, as the words behind `gan`.
        let start: [String]

        fileprivate init(_ json: JSONValue, place: Int) throws(Fault) {
            guard let kind = json["cell_type"]?.string, let source = Content(json["source"]) else {
                throw Fault(
                    description: "it is no notebook of Jupyter's: cell \(place) has no `cell_type` and `source`")
            }
            (self.kind, self.source) = (kind, source)
            outputs = (json["outputs"]?.array ?? []).map(Output.init)
            start = json["metadata"]?["gan"]?.string?.split(separator: " ").map(String.init) ?? []
            if case .object(let members)? = json["attachments"] {
                attachments = members.mapValues { Content.byKind($0) }
            } else {
                attachments = [:]
            }
        }
    }

    /// What a cell shows.
    struct Output {
        /// Its contents by their kinds, of a result or a display.
        let data: [String: Content]
        /// What it printed.
        let printed: String?
        /// What it failed with.
        let error: String?
        /// The words of its picture.
        let words: String

        fileprivate init(_ json: JSONValue) {
            let data = Content.byKind(json["data"])
            self.data = data
            let plain = data["text/plain"]?.text
            let hasPicture = data.keys.contains { $0.hasPrefix("image/") }
            words = plain ?? ""
            switch json["output_type"]?.string {
            case "stream": printed = json["name"]?.string == "stderr" ? nil : Content(json["text"])?.text
            case "execute_result", "display_data": printed = hasPicture ? nil : plain
            default: printed = nil
            }
            error = json["output_type"]?.string == "error" ? json["evalue"]?.string ?? "" : nil
        }
    }
}
