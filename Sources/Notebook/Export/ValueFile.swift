import Files
import Foundation
import Language
import LinearAlgebra
import Probability
import Words

/// Values in files of other programs: networks, matrices and tables. The ending of the name is the format.
enum ValueFile {
    /// The formats.
    enum Format: String {
        case safetensors, json, csv
    }

    private static let formats =
        "the endings are .safetensors and .json for networks and matrices, .csv for matrices and tables"

    /// Reads what `export` writes as .safetensors or .json; nil for a file of another ending.
    static func read(_ path: String) throws(CellError) -> Value? {
        let file = URL(filePath: FilePath.expanded(path))
        guard let format = Format(rawValue: file.pathExtension.lowercased()), format != .csv else { return nil }
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try WholeFile.bytes(of: file, limit: 1 << 30)
        } catch {
            throw CellError(.file, "\(path) cannot be read: \(error.reason)", help: "is the name right?")
        }
        do throws(CellError) {
            return format == .json ? try value(json: bytes) : try value(safetensors: bytes)
        } catch {
            throw CellError(.file, "\(path): \(error.message)", help: error.help)
        }
    }

    private static func value(json bytes: [UInt8]) throws(CellError) -> Value {
        let json: JSONValue
        do throws(JSONValue.Fault) {
            json = try JSONValue(reading: bytes)
        } catch {
            throw CellError(.file, error.description)
        }
        if let file = try NetworkFile(json) { return .object(file.network) }
        guard json.array != nil || json.number != nil else {
            throw CellError(
                .file, "it holds neither a network of the playground nor a matrix",
                help: "a matrix is a list of rows: [[1, 2], [3, 4]]")
        }
        return .matrix(try MatrixJSON.matrix(json, called: "it"))
    }

    private static func value(safetensors bytes: [UInt8]) throws(CellError) -> Value {
        let file: Safetensors
        do throws(Safetensors.Fault) {
            file = try Safetensors(bytes)
        } catch {
            throw CellError(.file, error.description)
        }
        if let network = try NetworkFile(file) { return .object(network.network) }
        guard file.tensors.count == 1 else {
            let names = Wording.list(file.tensors.map { Wording.quoted($0.name) }, limit: 6)
            throw CellError(
                .file, "it is no network of the playground: it holds \(file.tensors.isEmpty ? "no tensors" : names)",
                help: "the tensors of a network are called W1, b1, W2, b2 and so on; a matrix is one tensor of any name"
            )
        }
        return .matrix(file.tensors[0].matrix)
    }

    // MARK: Writing

    /// The bytes of a value in a file of this name.
    static func bytes(of value: Value, called name: String, for path: String) throws(CellError) -> [UInt8] {
        let ending = URL(filePath: path).pathExtension.lowercased()
        guard let format = Format(rawValue: ending) else {
            let isNotebook = NotebookExport.Format(rawValue: ending) != nil
            let help = isNotebook ? "the session is exported by: export \(path)" : formats
            throw CellError(.file, "\(path) names no format that a value can be exported to", help: help)
        }
        switch (format, value) {
        case (.safetensors, .object(let network as NetworkValue)): return NetworkFile(network).safetensors.bytes
        case (.json, .object(let network as NetworkValue)): return Array(try NetworkFile(network).json().utf8)
        case (.csv, .object(let table as any HasTable)): return try CSVText.text(of: table.table)
        case (_, .object(is GameValue)):
            throw CellError(
                .type, "a game is no network; it has two",
                help: "export \(name).G to \(path); samples: export sample(\(name), 1000) to samples.csv")
        default: break
        }
        guard let matrix = value.matrix else {
            throw CellError(.type, "\(value.errorDescription) cannot be exported as .\(ending)", help: formats)
        }
        switch format {
        case .safetensors:
            let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            return Safetensors(tensors: [.init(name: isName ? name : "data", matrix: matrix, kind: .double)]).bytes
        case .json: return Array((try MatrixJSON.text(of: matrix, called: "it") + "\n").utf8)
        case .csv: return try CSVText.text(of: matrix)
        }
    }
}
