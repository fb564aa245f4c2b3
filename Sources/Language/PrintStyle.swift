/// Whom values are printed for.
public enum PrintStyle: Hashable, Sendable {
    /// A person at the prompt: a few significant digits, aligned columns, the shape, large ones abridged.
    case prompt(width: Int)
    /// A file or pipe: as many digits as read back as the same number, everything up to 1000 numbers.
    case batch

    /// The columns there are to write in.
    var width: Int {
        switch self {
        case .prompt(let width): max(width, 20)
        case .batch: 80
        }
    }
}
