import Autodiff
import Language
import LinearAlgebra

/// Order and dependence: quantiles, sorting, running sums, covariance.
enum NumberStatistics {
    static let all = [median, quantile, sort, argsort, cumsum, covariance, correlation]

    private static let median = FunctionEntry(
        "median", topic: .numbers, "the middle: half are below, half above", parameters: [.numbers(), .axis],
        returns: "a number; with an axis, a vector", example: "median([1, 2, 100])"
    ) { arguments, _ in
        let x = try arguments.someNumbers().value
        return .matrix(try along(arguments.axis(of: x.shape), x) { $0.quantile(0.5) })
    }

    private static let quantile = FunctionEntry(
        "quantile", topic: .numbers, "the value below which a given share lies",
        parameters: [
            .numbers(),
            Parameter("q", .oneOf([.number(0...1), .list(of: .number(0...1))]), "the share, from 0 to 1, or several"),
        ],
        returns: "a number; for several shares, a vector",
        details: "Between two values it goes in a straight line, as NumPy does: `quantile([1, 2], 0.5)` is 1.5.",
        example: "quantile([1, 2, 3, 4, 5], [0.25, 0.5, 0.75])"
    ) { (arguments, _) throws(CellError) in
        let x = try arguments.someNumbers().value
        if let share = try arguments.value("q").number { return .number(x.quantile(share)) }
        return .vector(x.quantiles(try arguments.numbers("q")))
    }

    private static let sort = FunctionEntry(
        "sort", topic: .numbers, "in ascending order", parameters: [.numbers(), axisOfOrder],
        returns: "a value of the same shape; of a list of texts, the list in order", example: "sort([3, 1, 2])"
    ) { arguments, _ in
        let x = try arguments.tensor("x")
        guard x.shape.rank > 0 else { return .tensor(x) }
        let flat = try x.reshaped(.vector(x.shape.count))
        let order = try sortingPositions(x.value, arguments)
        return .tensor(try flat.gathered(order.flatMap(\.self)).reshaped(x.shape))
    }

    private static let argsort = FunctionEntry(
        "argsort", topic: .numbers, "the indices that would put a vector in ascending order",
        parameters: [.numbers("x", "a vector")], returns: "a vector of whole numbers",
        example: "x = [30, 10, 20]; argsort(x), x[argsort(x)]"
    ) { (arguments, _) throws(CellError) in
        let x = try arguments.matrix("x")
        guard x.rank == 1 else { throw arguments.error("x", "must be a vector", kind: .shape) }
        return .vector(x.sortingPermutation().map(Double.init))
    }

    private static let cumsum = FunctionEntry(
        "cumsum", topic: .numbers, "running sums", parameters: [.numbers(), .axis],
        returns: "a vector; with an axis, a value of the same shape", example: "cumsum([1, 2, 3, 4])"
    ) { arguments, _ in
        let x = try arguments.tensor("x")
        if let axis = try arguments.axis(of: x.shape) { return .tensor(try x.cumulated(axis: axis)) }
        return .tensor(try x.reshaped(.vector(x.shape.count)).cumulated(axis: 0))
    }

    private static let covariance = FunctionEntry(
        "cov", topic: .numbers, "how two quantities vary together; for a table of numbers, each column with each",
        parameters: [.numbers("x", "a vector, or a matrix with an observation a row"), second],
        returns: "a number for two vectors, a matrix for a matrix",
        details: "Divided by one less than the number of observations.",
        example: "cov([[1, 2], [2, 4], [3, 7]])"
    ) { arguments, _ in .tensor(try covariances(arguments)) }

    private static let correlation = FunctionEntry(
        "corr", topic: .numbers, "the correlation, from -1 to 1; for a table of numbers, each column with each",
        parameters: [.numbers("x", "a vector, or a matrix with an observation a row"), second],
        returns: "a number for two vectors, a matrix for a matrix",
        example: "corr([1, 2, 3, 4], [2, 4, 5, 9])"
    ) { arguments, _ in
        let all = try covariances(of: observations(arguments))
        let deviations = try diagonal(all).squareRoot()
        let rows = try deviations.reshaped(.matrix(deviations.shape.count, 1))
        let table = try all / (rows * deviations)
        return .tensor(try result(table, arguments))
    }

    private static let axisOfOrder = Parameter(
        "axis", .integer(-2...1), default: "-1", "0 sorts each column, 1 (or -1, the last) each row")

    private static let second = Parameter("y", .tensor, default: "", "a second vector of the same length")

    /// A number for everything, or one for each row or column.
    private static func along(_ axis: Int?, _ x: Matrix<Double>, _ statistic: (Matrix<Double>) -> Double)
        -> Matrix<Double>
    {
        guard let axis, x.rank == 2 else { return Matrix(statistic(x)) }
        let lines = axis == 0 ? (0..<x.columns).map(x.column) : (0..<x.rows).map(x.row)
        return Matrix(vector: lines.map { statistic(Matrix(vector: $0)) })
    }

    /// For each place of the result, in row-major order, the place that its number comes from.
    private static func sortingPositions(_ x: Matrix<Double>, _ arguments: Arguments) throws(CellError) -> [[Int]] {
        guard x.rank == 2, let axis = try arguments.axis(of: x.shape) else { return [x.sortingPermutation()] }
        if axis == 1 {
            return (0..<x.rows).map { i in
                Matrix(vector: x.row(i)).sortingPermutation().map { i * x.columns + $0 }
            }
        }
        let orders = (0..<x.columns).map { Matrix(vector: x.column($0)).sortingPermutation() }
        return (0..<x.rows).map { i in (0..<x.columns).map { j in orders[j][i] * x.columns + j } }
    }

    // MARK: Covariance

    /// An observation a row.
    private static func observations(_ arguments: Arguments) throws -> Variable<Double> {
        let x = try arguments.tensor("x")
        guard let y = try arguments.optionalTensor("y") else {
            return x.shape.rank == 2 ? x : try x.reshaped(.matrix(x.shape.count, 1))
        }
        guard x.shape.count == y.shape.count else {
            throw arguments.error(
                "y", "must be as long as `x`: \(x.shape.count) numbers, not \(y.shape.count)", kind: .shape)
        }
        let columns = try [x, y].map { try $0.reshaped(.matrix($0.shape.count, 1)) }
        return try .concatenated(columns, axis: 1)
    }

    private static func covariances(of observations: Variable<Double>) throws -> Variable<Double> {
        guard observations.shape.rows > 1 else {
            throw CellError(.value, "one observation does not vary: two or more are needed")
        }
        let centred = try observations - observations.mean(axis: 0)
        let products = try centred.matmul(centred, transposingLeft: true, transposingRight: false)
        return products / Double(observations.shape.rows - 1)
    }

    private static func covariances(_ arguments: Arguments) throws -> Variable<Double> {
        try result(covariances(of: observations(arguments)), arguments)
    }

    /// The one number that was asked for, or the table.
    private static func result(_ table: Variable<Double>, _ arguments: Arguments) throws -> Variable<Double> {
        if arguments.has("y") {
            return try table.slice(rows: .one(0), columns: .one(1)).reshaped(.scalar)
        }
        return try arguments.tensor("x").shape.rank == 2 ? table : table.reshaped(.scalar)
    }

    /// The diagonal of a square matrix, as a vector.
    private static func diagonal(_ x: Variable<Double>) throws -> Variable<Double> {
        let flat = try x.reshaped(.vector(x.shape.count))
        return try flat.slice(
            rows: .all(1), columns: Slice(start: 0, step: x.shape.columns + 1, count: x.shape.rows))
    }
}
