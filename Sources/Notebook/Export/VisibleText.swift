extension String {
    /// The text with its control characters made visible, so that no terminal or browser takes them for commands:
    /// \u{241B} (␛) for an escape. Line ends and tabs stay.
    package var withVisibleControls: String { visible(keepingColours: false) }

    /// The same, but colours (`ESC [ 1 ; 34 m`) stay as well: for text that we have coloured ourselves.
    package var withVisibleControlsButColours: String { visible(keepingColours: true) }

    private func visible(keepingColours: Bool) -> String {
        guard unicodeScalars.contains(where: \.isHiddenControl) else { return self }
        var text = String.UnicodeScalarView()
        var rest = unicodeScalars[...]
        while let scalar = rest.first {
            let length = keepingColours ? rest.lengthOfColour : 0
            if length > 0 {
                text.append(contentsOf: rest.prefix(length))
            } else {
                text.append(scalar.isHiddenControl ? scalar.picture : scalar)
            }
            rest = rest.dropFirst(max(length, 1))
        }
        return String(text)
    }
}

extension Substring.UnicodeScalarView {
    /// How many scalars the order for a colour takes that stands here; 0 if there is none.
    fileprivate var lengthOfColour: Int {
        guard starts(with: "\u{1B}[".unicodeScalars) else { return 0 }
        let numbers = dropFirst(2).prefix { ("0"..."9").contains($0) || $0 == ";" }.prefix(24)
        return dropFirst(2 + numbers.count).first == "m" ? 3 + numbers.count : 0
    }
}

extension Unicode.Scalar {
    fileprivate var isHiddenControl: Bool {
        value != 0x09 && value != 0x0A && (value < 0x20 || (0x7F...0x9F).contains(value))
    }

    /// Unicode has pictures of the control characters of ASCII.
    fileprivate var picture: Unicode.Scalar {
        let picture =
            value < 0x20 ? Unicode.Scalar(0x2400 + value) : value == 0x7F ? Unicode.Scalar(0x2421 as UInt32) : nil
        return picture ?? "\u{FFFD}"
    }
}
