import Foundation
import Language
import LinearAlgebra
import Words

/// Named matrices in the safetensors format: eight bytes that give the length of a header, the header in JSON, and then
/// the numbers, little-endian and row by row. https://github.com/huggingface/safetensors#format
struct Safetensors {
    /// A matrix and how its numbers are stored.
    struct Tensor {
        var name: String
        var matrix: Matrix<Double>
        var kind: Kind
    }

    /// How a number is stored.
    enum Kind: String, CaseIterable {
        case single = "F32"
        case double = "F64"

        var size: Int { self == .single ? 4 : 8 }
    }

    var tensors: [Tensor]
    /// Words about the whole, in order.
    var metadata: [(key: String, value: String)] = []

    /// Single precision where that loses nothing, not even of a NaN; else double.
    static func kind(for matrices: [Matrix<Double>]) -> Kind {
        let isExact = matrices.allSatisfy { matrix in
            matrix.values.allSatisfy { Double(Float($0)).bitPattern == $0.bitPattern }
        }
        return isExact ? .single : .double
    }

    /// What is wrong with a file's bytes.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    // MARK: Writing

    /// The file's bytes.
    var bytes: [UInt8] {
        var entries: [String] = []
        if !metadata.isEmpty {
            let words = metadata.map { "\(JSONText.string($0.key)):\(JSONText.string($0.value))" }
            entries.append("\"__metadata__\":{\(words.joined(separator: ","))}")
        }
        var data: [UInt8] = []
        for tensor in tensors {
            let start = data.count
            for value in tensor.matrix.values { tensor.kind.append(value, to: &data) }
            let shape = tensor.matrix.shape.dimensions.map(String.init).joined(separator: ",")
            entries.append(
                "\(JSONText.string(tensor.name)):{\"dtype\":\"\(tensor.kind.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(start),\(data.count)]}")
        }
        var header = Array("{\(entries.joined(separator: ","))}".utf8)
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + data
    }

    // MARK: Reading

    init(tensors: [Tensor], metadata: [(key: String, value: String)] = []) {
        (self.tensors, self.metadata) = (tensors, metadata)
    }

    /// Reads a file's bytes, and trusts none of what they say about themselves.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count >= 8 else {
            throw Fault("it is \(bytes.count) bytes long; the length of the header alone takes 8")
        }
        let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(bytes.count - 8) else {
            throw Fault("its header should be \(length) bytes long, and only \(bytes.count - 8) follow")
        }
        let header: JSONValue
        do {
            header = try JSONValue(reading: Array(bytes[8..<8 + Int(length)]))
        } catch {
            throw Fault("its header is no JSON: \(error)")
        }
        guard case .object(let members) = header else { throw Fault("its header is no JSON object") }
        let data = bytes[(8 + Int(length))...]
        var found: [(tensor: Tensor, range: Range<Int>)] = []
        for (name, value) in members {
            if name == "__metadata__" {
                metadata = try Self.metadata(value)
                continue
            }
            found.append(try Self.tensor(name, value, data))
        }
        found.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        tensors = found.map(\.tensor)
        try Self.check(found.map { ($0.tensor.name, $0.range) }, size: data.count)
    }

    private static func metadata(_ value: JSONValue) throws(Fault) -> [(key: String, value: String)] {
        guard case .object(let members) = value else { throw Fault("`__metadata__` is no JSON object") }
        var words: [(key: String, value: String)] = []
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            guard let text = value.string else {
                throw Fault("`__metadata__` has something other than text under \(Wording.quoted(key))")
            }
            words.append((key, text))
        }
        return words
    }

    private static func tensor(
        _ name: String, _ value: JSONValue, _ data: ArraySlice<UInt8>
    ) throws(Fault) -> (Tensor, Range<Int>) {
        let called = "tensor \(Wording.quoted(name))"
        guard let word = value["dtype"]?.string else { throw Fault("\(called) has no `dtype`") }
        guard let kind = Kind(rawValue: word) else {
            throw Fault("\(called) has the dtype \(Wording.quoted(word)); F32 and F64 are understood")
        }
        guard let sizes = value["shape"]?.array, case let shape = sizes.compactMap(\.count), shape.count == sizes.count
        else { throw Fault("\(called) has no `shape` of whole numbers") }
        guard shape.count <= 2 else { throw Fault("\(called) has \(shape.count) dimensions; at most 2 are understood") }
        guard let ends = value["data_offsets"]?.array?.map(\.count), ends.count == 2, let begin = ends[0],
            let end = ends[1], begin <= end
        else { throw Fault("\(called) has no `data_offsets` of a beginning and an end") }
        guard end <= data.count else {
            throw Fault("\(called) ends at byte \(end) of the data, which are \(data.count) bytes long")
        }
        let needed = shape.reduce((count: kind.size, isTooLarge: false)) { product, size in
            let (count, overflow) = product.count.multipliedReportingOverflow(by: size)
            return (count, overflow || product.isTooLarge)
        }
        guard !needed.isTooLarge, needed.count == end - begin else {
            let wanted = needed.isTooLarge ? "more bytes than there can be" : "\(needed.count) bytes"
            throw Fault("\(called) of shape \(shape) and dtype \(word) takes \(wanted), and has \(end - begin)")
        }
        let first = data.startIndex + begin
        let values = stride(from: first, to: first + needed.count, by: kind.size).map { kind.value(data, at: $0) }
        let dimensions: Shape =
            shape.isEmpty ? .scalar : shape.count == 1 ? .vector(shape[0]) : .matrix(shape[0], shape[1])
        return (Tensor(name: name, matrix: Matrix(shape: dimensions, values: values), kind: kind), begin..<end)
    }

    /// The tensors, in order of their places, have to follow one another without overlap and without a hole.
    private static func check(_ places: [(name: String, range: Range<Int>)], size: Int) throws(Fault) {
        var (end, before) = (0, "")
        for (name, range) in places {
            if range.lowerBound < end {
                throw Fault(
                    "tensor \(Wording.quoted(name)) begins at byte \(range.lowerBound) of the data, inside tensor "
                        + "\(Wording.quoted(before)), which ends at \(end)")
            }
            if range.lowerBound > end { throw Fault("bytes \(end) to \(range.lowerBound) of the data are no tensor's") }
            (end, before) = (range.upperBound, name)
        }
        if end < size { throw Fault("bytes \(end) to \(size) of the data are no tensor's") }
    }
}

extension Safetensors.Kind {
    fileprivate func append(_ value: Double, to data: inout [UInt8]) {
        switch self {
        case .single: withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { data += $0 }
        case .double: withUnsafeBytes(of: value.bitPattern.littleEndian) { data += $0 }
        }
    }

    fileprivate func value(_ data: ArraySlice<UInt8>, at place: Int) -> Double {
        let bits = data[place..<place + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return self == .single ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
    }
}
