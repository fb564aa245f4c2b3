import Foundation
import LinearAlgebra

extension Distribution {
    /// The density of a distribution in the plane at every place of a grid, row after row: of the first y all x first.
    ///
    /// Round bumps are products of a bump along each axis, so that all of them are summed by one product of matrices, and
    /// what is below the least number there is counts as 0.
    public func densities(atX x: [Double], y: [Double]) -> [Double] {
        guard let bumps = self as? RoundMixture else {
            return logDensity(ofFlat: y.flatMap { y in x.flatMap { [$0, y] } }).map { exp($0) }
        }
        let count = bumps.centers.count / 2
        /// exp(-(place - centre)² / (2 sd²)) / (sd √(2π)), a row for each place.
        func heights(_ places: [Double], axis: Int) -> Matrix<Double> {
            let exponents = places.flatMap { place in
                (0..<count).map { bump in
                    let step = (place - bumps.centers[2 * bump + axis]) / bumps.sd
                    return -0.5 * step * step
                }
            }
            let scale = 1 / (bumps.sd * (2 * Double.pi).squareRoot())
            return Matrix(shape: .matrix(places.count, count), values: exponents).map(.exp) * scale
        }
        let sums = try? heights(y, axis: 1).matmul(heights(x, axis: 0), transposingLeft: false, transposingRight: true)
        return (sums.map { $0 / Double(count) })?.values ?? []
    }
}
