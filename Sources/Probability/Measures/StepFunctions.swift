/// The cumulative step functions of two samples.
enum StepFunctions {
    /// ∫ f(F(x) - G(x)) dx over the span of both samples, f(0) being 0; both are ascending and not empty.
    /// - Complexity: linear.
    static func integral(_ a: [Double], _ b: [Double], _ f: (Double) -> Double) -> Double {
        let (stepA, stepB) = (1 / Double(a.count), 1 / Double(b.count))
        var (i, j, sum, before) = (0, 0, 0.0, min(a[0], b[0]))
        while i < a.count || j < b.count {
            let next = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
            sum += f(Double(i) * stepA - Double(j) * stepB) * (next - before)
            before = next
            while i < a.count, a[i] == next { i += 1 }
            while j < b.count, b[j] == next { j += 1 }
        }
        return sum
    }
}
