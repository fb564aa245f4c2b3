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
        case .missingFile(_, let near) where near.isEmpty:
            CellError(.file, message, help: "`data` lists what comes with the playground")
        default: CellError(.file, message, help: help)
        }
    }
}

/// A distribution that cannot be, as a cell tells of it.
extension DistributionError: ExplainedError {
    /// The message and its remedy.
    public var explanation: CellError { CellError(.value, message, help: help) }
}

extension Arguments {
    /// Runs what may fail for one argument's sake, and puts the error's place there.
    func placing<Result>(at name: String, _ body: () throws -> Result) throws(CellError) -> Result {
        do {
            return try body()
        } catch let error as CellError {
            throw error.placed(at: range(of: name))
        } catch let error as any ExplainedError {
            throw error.explanation.placed(at: range(of: name))
        } catch {
            throw self.error(name, "cannot be used: \(error)")
        }
    }
}
