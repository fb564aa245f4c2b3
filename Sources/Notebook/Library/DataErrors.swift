import Language
import Probability

/// A data file or a table as a cell tells of it.
extension DataError: ExplainedError {
    /// The message and its remedy.
    public var explanation: CellError {
        switch self {
        case .missingColumn, .noSuchValue: CellError(.name, message, help: help)
        case .notANumber: CellError(.type, message, help: help)
        case .nothingLeft, .invalid: CellError(.value, message, help: help)
        default: CellError(.file, message, help: help)
        }
    }
}

/// A distribution that cannot be, as a cell tells of it.
extension DistributionError: ExplainedError {
    /// The message and its remedy.
    public var explanation: CellError { CellError(.value, message, help: help) }
}
