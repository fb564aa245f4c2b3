/// How long a beginner takes for a lesson, as far as that can be counted.
struct ReadingTime {
    /// Words that everyone reads.
    var words = 0
    var cells = 0
    var predictions = 0
    var exercises = 0

    init(_ document: Document) {
        words = document.passages.filter(\.isForAll).reduce(0) { sum, passage in
            sum + passage.blocks.plainText.split(whereSeparator: \.isWhitespace).count
        }
        for element in document.elements {
            switch element.content {
            case .prose, .pause: break
            case .cell: cells += 1
            case .prediction: predictions += 1
            case .exercise: exercises += 1
            }
        }
    }

    /// Minutes: 200 words a minute, the slow end of what adults read of explaining prose (Brysbaert 2019 finds 175 to
    /// 300); a third of a minute to take in a cell and what it prints, half a minute to think about a question, two
    /// for a task.
    var minutes: Double {
        Double(words) / 200 + Double(cells) / 3 + Double(predictions) / 2 + Double(exercises) * 2
    }

    /// What a front matter may promise: hardly less than that, for whoever was promised too little thinks that they are
    /// slow, and up to twice that, for open experiments take longer than their words; three minutes more either way.
    func allows(_ promised: Int) -> Bool {
        let promised = Double(promised)
        return minutes <= promised * 1.05 + 3 && promised <= minutes * 2 + 3
    }
}
