import CKernels

extension ProcessorPath {
    /// Keeps one core as busy as it can be with multiply-adds in single precision, on the path chosen, for a stopwatch
    /// around it.
    ///
    /// - Returns: how many floating-point operations that was.
    public static func multiplyAdds(rounds: Int) -> Double {
        var rest: Float = 0
        return ck_peak(Int64(rounds), &rest)
    }

    /// What compiled the kernels: "clang 21.1.6".
    public static var compiler: String {
        String(cString: ck_compiler()).split(separator: " ").prefix(2).joined(separator: " ")
    }
}
