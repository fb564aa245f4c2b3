import Foundation
import LinearAlgebra

// Dempster, Laird & Rubin (1977), "Maximum likelihood from incomplete data via the EM algorithm".

extension GaussianMixture {
    /// What one step of EM gives.
    public struct Step: Hashable, Sendable {
        /// The mixture after the step.
        public let mixture: GaussianMixture
        /// The log-likelihood of the points under the mixture *before* the step, which the E-step computes anyway.
        public let logLikelihoodBefore: Double
        /// The components whose spread was lifted to the floor.
        public let floored: [Int]
    }

    /// Why a step of EM has no result: this component has shrunk onto fewer points than it has dimensions, its density
    /// there is infinite, and so is the likelihood.
    public struct Collapse: Error, Hashable, Sendable {
        /// The component that collapsed.
        public let component: Int
        /// The point that it sits on.
        public let mean: [Double]
    }

    /// One step of expectation-maximisation.
    ///
    ///     E:  rᵢₖ = wₖ N(xᵢ; μₖ, Σₖ) / p(xᵢ)
    ///     M:  Nₖ = Σᵢ rᵢₖ,  wₖ = Nₖ / n,  μₖ = Σᵢ rᵢₖ xᵢ / Nₖ,  Σₖ = Σᵢ rᵢₖ (xᵢ - μₖ)(xᵢ - μₖ)ᵀ / Nₖ
    ///
    /// The log-likelihood never falls (given that the mixture already keeps to the floor). With `floor` > 0 no eigenvalue of Σₖ goes below it (a variance, in the data's
    /// units squared), which is the exact M-step under that bound; with 0 nothing holds a component that shrinks onto
    /// one point. A component that no point answers to (Nₖ = 0) keeps its place with weight 0.
    package func step(on data: Observations, floor: Double) throws(Collapse) -> Step {
        let expectation = expect(data)
        var floored: [Int] = []
        var next: [Component] = []
        for k in components.indices {
            let mass = expectation.mass[k]
            if mass < 1e-300 {
                next.append(Component(weight: 0, mean: components[k].mean, covariance: components[k].covariance))
                continue
            }
            let (mean, raw) = weightedMoments(data, expectation.responsibilities, component: k, mass: mass)
            let (values, lifted) = liftingEigenvalues(of: raw, dimension: dimension, to: floor)
            if lifted { floored.append(k) }
            guard let covariance = Covariance(values, dimension: dimension),
                covariance.isWider(than: data.resolution)
            else { throw Collapse(component: k, mean: mean) }
            next.append(Component(weight: mass / Double(data.count), mean: mean, covariance: covariance))
        }
        let mixture = GaussianMixture(trusted: next, dimension: dimension)
        return Step(mixture: mixture, logLikelihoodBefore: expectation.logLikelihood, floored: floored)
    }

    /// One step of expectation-maximisation on these points.
    ///
    /// - Throws: `LearningError` for points that do not fit; a collapse is a result, since it is a lesson of its own.
    public func emStep(
        on points: Matrix<Double>, floor: Double = 0
    ) throws(LearningError) -> Result<Step, Collapse> {
        let data = try Observations(points, dimension: dimension)
        if data.count == 0 { throw .tooFewObservations(needed: 1, got: 0) }
        do throws(Collapse) { return .success(try step(on: data, floor: floor)) } catch { return .failure(error) }
    }

    /// Components that are known to be good: weights sum to 1, dimensions agree.
    init(trusted components: [Component], dimension: Int) {
        self.components = components
        self.dimension = dimension
    }

    /// The E-step: responsibilities row-major n x k, their column sums, and the log-likelihood.
    private func expect(_ data: Observations) -> (responsibilities: [Double], mass: [Double], logLikelihood: Double) {
        let k = components.count
        var responsibilities = [Double](repeating: 0, count: data.count * k)
        var mass = [Double](repeating: 0, count: k)
        var terms = [Double](repeating: 0, count: k)
        var logLikelihood = 0.0
        for i in 0..<data.count {
            var largest = -Double.infinity
            for j in 0..<k {
                terms[j] = components[j].logJoint(data.values, at: i * dimension)
                largest = max(largest, terms[j])
            }
            if largest == -.infinity {
                logLikelihood = -.infinity
                continue
            }
            var total = 0.0
            for j in 0..<k {
                terms[j] = exp(terms[j] - largest)
                total += terms[j]
            }
            logLikelihood += largest + log(total)
            for j in 0..<k {
                let share = terms[j] / total
                responsibilities[i * k + j] = share
                mass[j] += share
            }
        }
        return (responsibilities, mass, logLikelihood)
    }

    /// The mean and covariance (row-major) of the points weighted by one component's responsibilities.
    private func weightedMoments(
        _ data: Observations, _ responsibilities: [Double], component: Int, mass: Double
    ) -> (mean: [Double], covariance: [Double]) {
        let (d, k) = (dimension, components.count)
        var mean = [Double](repeating: 0, count: d)
        for i in 0..<data.count {
            let share = responsibilities[i * k + component]
            for a in 0..<d { mean[a] += share * data.values[i * d + a] }
        }
        for a in 0..<d { mean[a] /= mass }
        var covariance = [Double](repeating: 0, count: d * d)
        for i in 0..<data.count {
            let share = responsibilities[i * k + component] / mass
            for a in 0..<d {
                let left = share * (data.values[i * d + a] - mean[a])
                for b in 0..<d { covariance[a * d + b] += left * (data.values[i * d + b] - mean[b]) }
            }
        }
        return (mean, covariance)
    }
}
