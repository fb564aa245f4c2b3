import Language

extension Arguments {
    /// Where a part of an argument stands that is the rest of a line; all of the argument where it is not found as it is.
    func range(of name: String, part: String) -> SourceRange? {
        guard let whole = range(of: name), let text = try? string(name), text.utf8.count == whole.end - whole.start,
            !part.isEmpty, let found = text.firstRange(of: part)
        else { return range(of: name) }
        let start = whole.start + text.utf8.distance(from: text.startIndex, to: found.lowerBound)
        return SourceRange(start: start, end: start + part.utf8.count)
    }
}
