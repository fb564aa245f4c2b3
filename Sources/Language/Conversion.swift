import Autodiff

/// What becomes of a value that is given to a parameter.
enum Conversion {
    /// It fits, as this value.
    case fits(Value)
    /// It is another kind of thing.
    case wrongKind
    /// It is the right kind of thing, but not one of those allowed.
    case outOfRange

    init(_ value: Value?) { self = value.map(Conversion.fits) ?? .wrongKind }
}

extension Parameter.Kind {
    /// The words that may be given bare.
    public var choices: [String] {
        switch self {
        case .choice(let words): words
        case .oneOf(let kinds): kinds.flatMap(\.choices)
        default: []
        }
    }

    /// The value as a parameter of this kind takes it; nil for one that it does not take.
    public func accepting(_ value: Value) -> Value? {
        if case .fits(let converted) = convert(value) { converted } else { nil }
    }

    /// The value as this kind of parameter takes it.
    func convert(_ value: Value) -> Conversion {
        switch self {
        case .number(let range):
            guard let number = value.number else { return .wrongKind }
            return range?.contains(number) ?? true ? .fits(value) : .outOfRange
        case .integer(let range):
            guard value.number != nil else { return .wrongKind }
            guard let integer = value.integer else { return .outOfRange }
            return range?.contains(integer) ?? true ? .fits(value) : .outOfRange
        case .boolean: return Conversion(value.boolean.map(Value.boolean))
        case .string, .word, .duration, .path, .name, .cell, .line, .text, .command:
            return Conversion(value.string.map(Value.string))
        case .tensor: return Conversion(value.tensor.map(Value.tensor))
        case .scalar: return Conversion(value.isScalarOrNumber ? value : nil)
        case .choice(let words):
            guard let word = value.string else { return .wrongKind }
            return words.contains(word) ? .fits(value) : .outOfRange
        case .function: return Conversion(value.isCallable ? value : nil)
        case .object(let name): return Conversion(value.typeName == name ? value : nil)
        case .any: return .fits(value)
        case .list(let kind): return convertList(value, of: kind)
        case .oneOf(let kinds): return convertFirst(value, kinds)
        }
    }

    private func convertList(_ value: Value, of kind: Parameter.Kind) -> Conversion {
        guard let elements = value.elements else { return .wrongKind }
        var items: [Value] = []
        for element in elements {
            switch kind.convert(element) {
            case .fits(let item): items.append(item)
            case let failure: return failure
            }
        }
        return .fits(.list(items))
    }

    private func convertFirst(_ value: Value, _ kinds: [Parameter.Kind]) -> Conversion {
        var failure = Conversion.wrongKind
        for kind in kinds {
            switch kind.convert(value) {
            case .fits(let converted): return .fits(converted)
            case .outOfRange: failure = .outOfRange
            case .wrongKind: break
            }
        }
        return failure
    }
}
