import Language
import LinearAlgebra

/// How much memory a value takes: its numbers and texts, each buffer once, and what holds them.
struct MemorySize {
    /// In bytes.
    private(set) var bytes = 0
    private var seen: Set<UnsafeRawPointer> = []

    /// Looks through a value and everything in it.
    init(of value: Any) { add(value, depth: 0) }

    /// "1.2 kB"
    var words: String {
        let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
        guard let (size, name) = units.first(where: { Double(bytes) >= $0.0 }) else { return "\(bytes) B" }
        let number = Double(bytes) / size
        return "\(number < 9.95 ? number.significant(2) : String(Int(number.rounded()))) \(name)"
    }

    private mutating func add(_ value: Any, depth: Int) {
        guard depth < 40 else { return }
        switch value {
        case let numbers as [Double]: addBuffer(numbers)
        case let numbers as [Float]: addBuffer(numbers)
        case let numbers as [Int]: addBuffer(numbers)
        case let numbers as [Int32]: addBuffer(numbers)
        case let text as String: bytes += 16 + (text.utf8.count > 15 ? text.utf8.count + 32 : 0)
        case is Double, is Int, is UInt64: bytes += 8
        case is Float, is Int32: bytes += 4
        case is Bool: bytes += 1
        default: addParts(of: value, depth: depth)
        }
    }

    private mutating func addBuffer<Number>(_ numbers: [Number]) {
        let start = numbers.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
        if let start, !seen.insert(start).inserted { return }
        bytes += 32 + numbers.count * MemoryLayout<Number>.stride
    }

    private mutating func addParts(of value: Any, depth: Int) {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .class {
            let object = value as AnyObject
            guard seen.insert(UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())).inserted else { return }
            bytes += 16
            var parent = mirror.superclassMirror
            while let above = parent {
                for child in above.children { add(child.value, depth: depth + 1) }
                parent = above.superclassMirror
            }
        }
        for child in mirror.children { add(child.value, depth: depth + 1) }
    }
}
