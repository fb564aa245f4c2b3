import CEdit

/// A zero-ended wide string that lives as long as this object: libedit keeps some of the pointers that it is given.
final class WideString {
    let pointer: UnsafeMutablePointer<wchar_t>

    init(_ text: String) {
        let scalars = text.unicodeScalars.filter { $0.value != 0 }
        pointer = .allocate(capacity: scalars.count + 1)
        for (index, scalar) in scalars.enumerated() {
            (pointer + index).initialize(to: wchar_t(scalar.value))
        }
        (pointer + scalars.count).initialize(to: 0)
    }

    deinit {
        pointer.deallocate()
    }
}

extension String {
    /// The text of `count` wide characters; what is no Unicode scalar becomes U+FFFD.
    init(wide start: UnsafePointer<wchar_t>, count: Int) {
        var scalars = UnicodeScalarView()
        for wide in UnsafeBufferPointer(start: start, count: count) {
            scalars.append(Unicode.Scalar(UInt32(truncatingIfNeeded: wide)) ?? "\u{FFFD}")
        }
        self = String(scalars)
    }

    /// Calls `body` with this text as a zero-ended wide string.
    func withWide<Result>(_ body: (UnsafePointer<wchar_t>) -> Result) -> Result {
        let wide = WideString(self)
        return withExtendedLifetime(wide) { body(wide.pointer) }
    }
}
