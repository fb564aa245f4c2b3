import Foundation

/// Numbers as people write them.
extension Double {
    /// The fewest digits that read back as the same number: `3`, `0.1`, `1e-07`, `nan`, `-inf`.
    public var shortest: String {
        guard isFinite else { return nonFinite }
        if self == rounded(), magnitude < 1e15 {
            return self == 0 && sign == .minus ? "-0.0" : String(Int64(self))
        }
        return description
    }

    /// At most so many significant digits, without trailing zeros: `0.6931`, `1.5e-07`; whole numbers in full.
    public func significant(_ digits: Int) -> String {
        guard isFinite else { return nonFinite }
        if self == rounded(), magnitude < 1e12 { return String(Int64(self)) }
        return String(format: "%.\(digits)g", locale: nil, self)
    }

    private var nonFinite: String { isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
}
