/// The name that someone who typed `word` most likely meant, or nil if none is near.
func nearest(to word: String, among names: [String]) -> String? {
    let typed = Array(word.lowercased())
    let allowed = max(1, typed.count / 3)
    let ranked = names.map { (name: $0, distance: editDistance(typed, Array($0.lowercased()))) }
    return ranked.filter { $0.distance <= allowed }.min { $0.distance < $1.distance }?.name
}

/// How many letters must be inserted, removed, replaced, or swapped with their neighbour.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in b.indices {
            row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
