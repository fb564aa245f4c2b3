/// A distribution that cannot be: a negative standard deviation, weights that are all zero, ...
public struct DistributionError: Error, Hashable, Sendable {
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, where that is known.
    public let help: String?

    /// An error with its remedy.
    public init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }

    /// Demands a finite number above zero.
    static func requirePositive(_ value: Double, _ name: String) throws(DistributionError) {
        guard value > 0, value.isFinite else {
            throw DistributionError("\(name) is \(NumberFormat.short(value)); it has to be above 0")
        }
    }

    /// Demands that values spread so far about a middle are numbers still, and the distances between them too.
    static func requireReach(_ middle: Double, _ reach: Double) throws(DistributionError) {
        guard ((middle + reach) - (middle - reach)).isFinite else {
            throw DistributionError(
                "values of this distribution would lie beyond the largest number there is, 1.8e308",
                help: "smaller numbers, in larger units")
        }
    }

    /// Demands a finite number.
    static func requireFinite(_ value: Double, _ name: String) throws(DistributionError) {
        guard value.isFinite else {
            throw DistributionError("\(name) is \(NumberFormat.short(value)), not a finite number")
        }
    }

    /// Demands a whole number of at least `minimum`.
    static func requireAtLeast(_ minimum: Int, _ value: Int, _ name: String) throws(DistributionError) {
        guard value >= minimum else {
            throw DistributionError("\(name) is \(value); it has to be \(minimum) or more")
        }
    }
}
