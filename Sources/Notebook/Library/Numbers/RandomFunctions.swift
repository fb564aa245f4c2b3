import Autodiff
import Language
import LinearAlgebra

extension Library {
    /// Random numbers, and the seed that they grow from.
    static func addRandom(to registry: inout Registry) {
        registry.add(RandomFunctions.all)
        registry.add(RandomFunctions.seed)
    }
}

/// Chance: everything here moves the session's random stream on.
enum RandomFunctions {
    static let all = [rand, randn, randint, choice, permutation]

    static let seed = CommandEntry(
        "seed", topic: .random, "start the random numbers anew from a number",
        parameters: [
            Parameter("n", .integer(0...9_007_199_254_740_991), "any whole number; the same gives the same chance")
        ],
        details: "With the same seed the same cells give the same numbers. A saved notebook keeps its seed.",
        example: "seed 7; rand(2)"
    ) { (arguments, context) throws(CellError) in
        context.random = RandomStream(seed: UInt64(try arguments.integer("n")))
    }

    private static let rand = FunctionEntry(
        "rand", topic: .random, "uniform random numbers from 0 up to 1", parameters: [.shape(optional: true)],
        returns: "a number, vector or matrix", example: "rand(3)"
    ) { (arguments, context) throws(CellError) in
        let shape = try arguments.shape()
        return shape.rank == 0 ? .number(context.random.uniform()) : .matrix(context.random.uniform(shape: shape))
    }

    private static let randn = FunctionEntry(
        "randn", topic: .random, "normal random numbers: mean 0, standard deviation 1",
        parameters: [.shape(optional: true)], returns: "a number, vector or matrix",
        details: "`5 + 2 * randn(100)` has mean 5 and standard deviation 2.", example: "randn(2, 3)"
    ) { (arguments, context) throws(CellError) in
        let shape = try arguments.shape()
        return shape.rank == 0 ? .number(context.random.normal()) : .matrix(context.random.normal(shape: shape))
    }

    private static let whole = -4_503_599_627_370_496...4_503_599_627_370_496

    private static let randint = FunctionEntry(
        "randint", topic: .random, "random whole numbers, each as likely as the others",
        parameters: [
            Parameter("low", .integer(whole), "the smallest; alone, it is the end, and the smallest is 0"),
            Parameter("high", .integer(whole), default: "", "the end, which is left out"),
            Parameter(
                "size",
                .oneOf([.integer(0...NumberBuilders.largest), .list(of: .integer(0...NumberBuilders.largest))]),
                default: "", "how many, or `[rows, columns]`"),
        ],
        returns: "a whole number, or a vector or matrix of them", details: "`randint(1, 7, 10)` rolls ten dice.",
        example: "randint(1, 7, 10)"
    ) { (arguments, context) throws(CellError) in
        let first = try arguments.integer("low"), high = try arguments.optionalInteger("high")
        let low = high == nil ? 0 : first, bound = (high ?? first) - low
        guard bound > 0 else { throw arguments.error(high == nil ? "low" : "high", "leaves nothing to choose from") }
        let shape = try arguments.shape("size")
        var random = context.random
        let numbers = (0..<shape.count).map { _ in Double(low + random.integer(below: bound)) }
        context.random = random
        return .matrix(Matrix(shape: shape, values: numbers))
    }

    private static let choice = FunctionEntry(
        "choice", topic: .random, "members chosen at random: numbers of a vector, rows of a matrix, items of a list",
        parameters: [
            Parameter(
                "x", .oneOf([.tensor, .list(of: .any)]), "a vector, matrix or list; or a number n, for 0 to n - 1"),
            Parameter("n", .integer(0...NumberBuilders.largest), default: "", "how many; left out: a single one"),
            Parameter("replace", .boolean, default: "true", "whether one may be chosen twice"),
            Parameter("p", .list(of: .number(0...Double.greatestFiniteMagnitude)), default: "", "a weight for each"),
        ],
        returns: "as many of the members, or a single one", details: "`choice(x, len(x))` is what a bootstrap draws.",
        example: "choice([\"heads\", \"tails\"], 5)"
    ) { arguments, context in
        let pool = try Pool(arguments)
        guard pool.count > 0 else { throw arguments.error("x", "has no members to choose from") }
        let count = try arguments.optionalInteger("n")
        let places = try pick(count ?? 1, pool.count, arguments, context)
        return try count == nil ? pool.member(places[0]) : pool.members(places)
    }

    private static let permutation = FunctionEntry(
        "permutation", topic: .random, "everything once, in random order",
        parameters: [
            Parameter(
                "x", .oneOf([.tensor, .list(of: .any)]), "a number n, for 0 to n - 1; or a vector, matrix or list")
        ],
        returns: "a vector of whole numbers; or the members, or rows, in their new order", example: "permutation(5)"
    ) { arguments, context in
        let pool = try Pool(arguments)
        return try pool.members(context.random.permutation(of: pool.count))
    }

    private static func pick(_ count: Int, _ size: Int, _ arguments: Arguments, _ context: Context) throws(CellError)
        -> [Int]
    {
        let weights = arguments.has("p") ? try arguments.numbers("p") : nil
        if let weights, weights.count != size {
            throw arguments.error("p", "must be a weight for each of the \(size), not \(weights.count)", kind: .shape)
        }
        var random = context.random
        defer { context.random = random }
        if try arguments.boolean("replace") {
            guard let weights else { return (0..<count).map { _ in random.integer(below: size) } }
            return try weighted(count, weights, arguments, &random)
        }
        guard count <= weights?.count(where: { $0 > 0 }) ?? size else {
            throw arguments.error("n", "is \(count), and without replacement there are only \(size)")
        }
        guard let weights else { return Array(random.permutation(of: size).prefix(count)) }
        // the first `count` of an exponential race (Efraimidis, Spirakis 2006)
        let times = weights.map { $0 > 0 ? -Self.log(1 - random.uniform()) / $0 : .infinity }
        return Array(Matrix(vector: times).sortingPermutation().prefix(count))
    }

    private static func log(_ x: Double) -> Double { Matrix(x).map(.log).number }

    /// By where a uniform number falls among the running sums of the weights.
    private static func weighted(
        _ count: Int, _ weights: [Double], _ arguments: Arguments, _ random: inout RandomStream
    )
        throws(CellError) -> [Int]
    {
        var total = 0.0
        let heights = weights.map { weight -> Double in
            total += weight
            return total
        }
        guard total > 0, total.isFinite else { throw arguments.error("p", "must have a positive, finite sum") }
        return (0..<count).map { _ in
            let target = random.uniform() * total
            var low = 0, high = heights.count - 1
            while low < high {
                let middle = (low + high) / 2
                if heights[middle] > target { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }
}

/// What can be chosen from.
private struct Pool {
    private let items: [Value]?
    private let numbers: Variable<Double>
    let count: Int

    init(_ arguments: Arguments) throws {
        let value = try arguments.value("x")
        if case .list(let items) = value, value.tensor == nil {
            self.items = items
            numbers = Variable(0)
            count = items.count
            return
        }
        items = nil
        let given = try arguments.tensor("x")
        guard given.shape.rank == 0 else {
            numbers = given
            count = given.shape.rank == 1 ? given.shape.count : given.shape.rows
            return
        }
        guard let size = value.integer, size >= 0, size <= NumberBuilders.largest else {
            throw arguments.error("x", "must be a whole number from 0 to \(NumberBuilders.largest), or a list")
        }
        numbers = Variable(Matrix(vector: (0..<size).map(Double.init)))
        count = size
    }

    func members(_ places: [Int]) throws -> Value {
        if let items { return .list(places.map { items[$0] }) }
        return .tensor(try numbers.gathered(places))
    }

    func member(_ place: Int) throws -> Value {
        if let items { return items[place] }
        let one = try numbers.gathered([place])
        return .tensor(try one.reshaped(numbers.shape.rank == 2 ? .vector(numbers.shape.columns) : .scalar))
    }
}
