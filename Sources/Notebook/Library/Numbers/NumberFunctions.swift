import Autodiff
import Language
import LinearAlgebra

extension Library {
    /// Arithmetic, statistics, building and reshaping of numbers, vectors and matrices.
    static func addNumbers(to registry: inout Registry) {
        registry.add(NumberConstants.all)
        registry.add(NumberElementwise.all)
        registry.add(NumberPairs.all)
        registry.add(NumberReductions.all)
        registry.add(NumberStatistics.all)
        registry.add(NumberBuilders.all)
        registry.add(NumberShapes.all)
        registry.add(NumberQueries.all)
    }
}

/// Names for numbers.
enum NumberConstants {
    static let all = [
        constant("pi", "the ratio of a circle's circumference to its diameter, about 3.14159", .pi),
        constant("e", "the base of the natural logarithm, about 2.71828", 2.718281828459045),
        constant("inf", "infinity: larger than every number", .infinity),
        constant("nan", "\"not a number\": what 0/0 gives; it equals nothing, not even itself", .nan),
    ]

    private static func constant(_ name: String, _ summary: String, _ number: Double) -> ConstantEntry {
        ConstantEntry(name, topic: .numbers, summary, example: name) { .number(number) }
    }
}

extension Parameter {
    /// Numbers, as most functions of this topic take them.
    static func numbers(_ name: String = "x", _ summary: String = "a number, vector or matrix") -> Parameter {
        Parameter(name, .tensor, summary)
    }

    /// Which way to go through a matrix.
    static let axis = Parameter(
        "axis", .integer(-2...1), default: "",
        "0 runs down the columns, 1 along the rows, -1 along the last axis; left out: over everything")

    /// The lengths of the axes of what is made.
    static func shape(_ name: String = "shape", optional: Bool = false) -> Parameter {
        Parameter(
            name, .oneOf([.integer(0...NumberBuilders.largest), .list(of: .integer(0...NumberBuilders.largest))]),
            default: optional ? "" : nil, variadic: true,
            optional
                ? "how many; rows, columns for a matrix; nothing for one number"
                : "how many; rows, columns for a matrix"
        )
    }
}

extension Arguments {
    /// The axis that was asked for, counted from 0; nil when none was.
    ///
    /// - Throws: `CellError` when a value of this shape has no such axis.
    func axis(of shape: Shape, _ name: String = "axis") throws(CellError) -> Int? {
        guard let axis = try optionalInteger(name) else { return nil }
        let counted = axis < 0 ? axis + shape.rank : axis
        guard counted >= 0, counted < shape.rank else {
            let what = ["a number has no axes", "a vector has the axis 0 only", "a matrix has the axes 0 and 1"]
            throw error(name, "is \(axis), and \(what[min(shape.rank, 2)])", kind: .shape)
        }
        return counted
    }

    /// Numbers of which there must be at least one.
    func someNumbers(_ name: String = "x") throws(CellError) -> Variable<Double> {
        let variable = try tensor(name)
        guard variable.shape.count > 0 else { throw error(name, "holds no numbers") }
        return variable
    }

    /// A shape from one to two lengths, or from a list of them; that of a single number from none.
    func shape(_ name: String = "shape") throws(CellError) -> Shape {
        guard has(name) else { return .scalar }
        let lengths = try integers(name)
        switch lengths.count {
        case 0: return .scalar
        case 1: return .vector(lengths[0])
        case 2:
            let (count, overflow) = lengths[0].multipliedReportingOverflow(by: lengths[1])
            guard !overflow, count <= NumberBuilders.largest else {
                throw error(name, "asks for more than \(NumberBuilders.largest) numbers")
            }
            return .matrix(lengths[0], lengths[1])
        default: throw error(name, "has \(lengths.count) lengths; a matrix has two", kind: .shape)
        }
    }
}
