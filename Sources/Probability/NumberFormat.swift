import Foundation

/// Numbers inside sentences and formulas.
package enum NumberFormat {
    /// At most `digits` significant digits, a real minus sign for eyes is left to the printer: `-0.25`, `1e-09`.
    package static func short(_ value: Double, digits: Int = 5) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        return String(format: "%.\(digits)g", value == 0 ? 0 : value)
    }

    /// `[1, 2.5]`.
    package static func short(_ values: [Double]) -> String {
        "[" + values.map { short($0) }.joined(separator: ", ") + "]"
    }
}
