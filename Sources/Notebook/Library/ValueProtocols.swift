import Language
import LinearAlgebra
import Probability

/// An object that `sample` draws from.
public protocol Sampleable: ObjectValue {
    /// Independent draws, a point a row.
    func sample(count: Int, using random: inout RandomStream) throws(CellError) -> Matrix<Double>
}

/// An object that `density`, `logdensity` and the pictures of densities take.
public protocol HasDensity: ObjectValue {
    /// The distribution that has the density.
    var distribution: any Distribution { get throws(CellError) }
}

/// An object that `predict_proba` and `plot boundary` ask for probabilities.
public protocol Judges: ObjectValue {
    /// The number of coordinates of a point.
    var dimension: Int { get }
    /// What it calls points. One name, "real": it gives a single probability.
    var outcomeNames: [String] { get }
    /// The probability of each name for each point, n x names; `points` is n x dimension.
    func probabilities(at points: Matrix<Double>) throws(CellError) -> Matrix<Double>
}

/// An object that is a table of data.
public protocol HasTable: ObjectValue {
    /// The table.
    var table: DataTable { get }
}
