extension [Double] {
    /// The numbers from the least to the greatest, as `sorted()` gives them, in a time that grows with their count alone:
    /// measures sort hundreds of lists.
    ///
    /// A radix sort, 11 bits at a time from the lowest, of the bits of each number, turned so that they are in order as
    /// whole numbers. -0 comes before 0, and NaN at an end.
    func inOrder() -> [Double] {
        if count < 500 { return sorted() }
        let digits = 6, values = 1 << 11
        var counts = [Int](repeating: 0, count: digits * values)
        var keys = map { number in
            let bits = number.bitPattern
            return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
        }
        for key in keys {
            for digit in 0..<digits { counts[digit * values + Int(key >> (11 * UInt64(digit)) & 2047)] += 1 }
        }
        var moved = keys
        for digit in 0..<digits {
            var place = 0
            for value in digit * values..<(digit + 1) * values {
                (counts[value], place) = (place, place + counts[value])
            }
            for key in keys {
                let value = digit * values + Int(key >> (11 * UInt64(digit)) & 2047)
                moved[counts[value]] = key
                counts[value] += 1
            }
            swap(&keys, &moved)
        }
        return keys.map { Double(bitPattern: $0 >> 63 == 1 ? $0 & ~(1 << 63) : ~$0) }
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

    /// `Spread.quantile` of numbers in any order, none of them NaN: only so far sorted as it takes to find the two
    /// between which it lies (Hoare's Find, 1961).
    func quantile(_ share: Double) -> Double {
        var numbers = self
        let place = share * Double(count - 1)
        let below = Int(place)
        var (low, high) = (0, count - 1)
        while low < high {
            let pivot = numbers[(low + high) / 2]
            var (left, right) = (low, high)
            while left <= right {
                while numbers[left] < pivot { left += 1 }
                while pivot < numbers[right] { right -= 1 }
                if left <= right {
                    numbers.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if right < below { low = left }
            if below < left { high = right }
        }
        // What stands behind is no smaller: the least of it is the neighbour.
        guard let next = numbers[(below + 1)...].min() else { return numbers[below] }
        return numbers[below] + (place - Double(below)) * (next - numbers[below])
    }
}
