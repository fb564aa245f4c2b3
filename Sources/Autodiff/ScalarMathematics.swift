import Foundation

extension Double: ScalarArithmetic {
    func raised(to exponent: Double) -> Double { exponent == 2 ? self * self : Foundation.pow(self, exponent) }
    func exp() -> Double { Foundation.exp(self) }
    func log() -> Double { Foundation.log(self) }
    func sin() -> Double { Foundation.sin(self) }
    func cos() -> Double { Foundation.cos(self) }
    func tanh() -> Double { Foundation.tanh(self) }
    /// From e^-|x|, so that neither end overflows.
    func sigmoid() -> Double {
        let e = Foundation.exp(-abs(self))
        return (self < 0 ? e : 1) / (1 + e)
    }
    func softplus() -> Double { Swift.max(self, 0) + Foundation.log1p(Foundation.exp(-abs(self))) }
    func constant(_ number: Double) -> Double { number }
    var plain: Double { self }
}
