extension [Double] {
    /// The numbers from the least to the greatest, as `sorted()` gives them. Measures sort hundreds of lists, so it takes
    /// a time that grows with their count alone, unless they crowd.
    ///
    /// They are dealt into 2048 by 2048 compartments of equal width between the least and the greatest, by the lower digit
    /// of the compartment and then by the higher, and set right within compartments by insertion. Numbers that crowd into
    /// few compartments, and those that are not finite, are left to the standard sort.
    func inOrder() -> [Double] {
        let digits = 11, values = 1 << digits
        guard count >= 200, let least = self.min(), let greatest = self.max() else { return sorted() }
        // Just below the number of compartments, so that the greatest number falls into the last.
        let perUnit = (Double(values * values) - 0.5) / (greatest - least)
        guard perUnit.isNormal, least.isFinite, greatest.isFinite, !contains(where: \.isNaN) else { return sorted() }
        func compartment(_ number: Double) -> Int { Int((number - least) * perUnit) }
        var numbers = dealt(into: values) { compartment($0) & (values - 1) }
        numbers = numbers.dealt(into: values) { compartment($0) >> digits }
        return numbers.finishOrder(within: 16 * count) ? numbers : sorted()
    }

    /// The numbers of the first compartment, then those of the second ..., each in the order in which they stood.
    @inline(__always)
    private func dealt(into compartments: Int, by compartment: (Double) -> Int) -> [Double] {
        var starts = [Int](repeating: 0, count: compartments + 1)
        for number in self { starts[compartment(number) + 1] += 1 }
        for place in 1...compartments { starts[place] += starts[place - 1] }
        return [Double](unsafeUninitializedCapacity: count) { dealt, filled in
            for number in self {
                let place = compartment(number)
                dealt.initializeElement(at: starts[place], to: number)
                starts[place] += 1
            }
            filled = count
        }
    }

    /// Puts nearly ordered numbers in order by insertion; whether it took no more than so many moves.
    private mutating func finishOrder(within limit: Int) -> Bool {
        var moves = 0
        for place in indices.dropFirst() where self[place] < self[place - 1] {
            let number = self[place]
            var free = place
            while free > 0, number < self[free - 1] {
                self[free] = self[free - 1]
                free -= 1
            }
            self[free] = number
            moves += place - free
            if moves > limit { return false }
        }
        return true
    }
}

extension [Double] {
    /// The position of the first number that is not below `x`; the numbers ascend.
    func lowerBound(_ x: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < x { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// `Spread.quantile` of numbers in any order, none of them NaN: only those near it are put in order.
    ///
    /// Numbers are counted in compartments of equal width; those of the compartments that hold the two between which the
    /// quantile lies are sorted, and no others.
    func quantile(_ share: Double) -> Double {
        let compartments = 1024
        guard count > compartments, let least = self.min(), let greatest = self.max() else {
            return Spread.quantile(share, sorted())
        }
        let perUnit = (Double(compartments) - 0.5) / (greatest - least)
        guard perUnit.isNormal else { return Spread.quantile(share, sorted()) }
        func compartment(_ number: Double) -> Int { Int((number - least) * perUnit) }
        var counts = [Int](repeating: 0, count: compartments)
        for number in self { counts[compartment(number)] += 1 }
        let place = share * Double(count - 1)
        let below = Int(place)
        var (first, before) = (0, 0)
        while before + counts[first] <= below {
            before += counts[first]
            first += 1
        }
        var (last, through) = (first, before + counts[first])
        while through <= below + 1, through < count {
            last += 1
            through += counts[last]
        }
        let near = filter { (first...last).contains(compartment($0)) }.inOrder()
        let lower = near[below - before]
        guard below + 1 < count else { return lower }
        return lower + (place - Double(below)) * (near[below + 1 - before] - lower)
    }
}
