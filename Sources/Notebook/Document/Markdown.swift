import CMarkdown
import Foundation

/// Markdown read by cmark-gfm, tables and strikethrough included.
package enum Markdown {
    /// A block at the margin of a text, and the line (from 1) on which it starts and ends.
    package struct Located {
        package var node: Node
        package var firstLine: Int
        package var lastLine: Int
    }

    /// What a block at the margin is: prose, or a fence with its language, the words behind it, and its text.
    package enum Node {
        case prose(Block)
        case fence(language: String, words: [String], text: String)
    }

    /// The blocks of a text, in order.
    package static func read(_ text: String) -> [Located] {
        withTree(of: text) { root in
            children(of: root).flatMap { node in
                let lines = (Int(cmark_node_get_start_line(node)), Int(cmark_node_get_end_line(node)))
                return located(node).map { Located(node: $0, firstLine: lines.0, lastLine: lines.1) }
            }
        }
    }

    /// The prose of a short text, such as a question or a hint.
    package static func blocks(_ text: String) -> [Block] {
        withTree(of: text) { root in children(of: root).flatMap { block($0, depth: 0) } }
    }

    private static func located(_ node: OpaquePointer) -> [Node] {
        if type(of: node) == "code_block", isFenced(node) {
            let info = string(cmark_node_get_fence_info(node))
            let words = info.split(separator: " ").dropFirst().map(String.init)
            return [.fence(language: firstWord(info), words: words, text: string(cmark_node_get_literal(node)))]
        }
        return block(node, depth: 0).map(Node.prose)
    }

    private static func isFenced(_ node: OpaquePointer) -> Bool {
        var length: Int32 = 0
        var offset: Int32 = 0
        var character: CChar = 0
        return cmark_node_get_fenced(node, &length, &offset, &character) != 0
    }
}

// MARK: - HTML

extension Markdown {
    /// A text as HTML, written by cmark-gfm: without raw HTML, and without links to anything but pages and places.
    ///
    /// - Parameter picture: the HTML that stands for a picture, from its source and its words.
    package static func html(_ text: String, picture: (_ source: String, _ words: String) -> String) -> String {
        let pages: [String] = withTree(of: text) { root in
            for image in text.utf8.contains(UInt8(ascii: "!")) ? images(below: root) : [] {
                let words = inlines(in: image, 0).plainText
                replace(image, by: picture(string(cmark_node_get_url(image)), words))
            }
            guard let html = cmark_render_html(root, CMARK_OPT_DEFAULT, nil) else { return [] }
            defer { free(html) }
            return [String(cString: html)]
        }
        return pages.first ?? ""
    }

    /// Where the pictures of a text are, each once.
    package static func pictureSources(in text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "!")) else { return [] }
        var seen: Set<String> = []
        return withTree(of: text) { root in images(below: root).map { string(cmark_node_get_url($0)) } }
            .filter { seen.insert($0).inserted }
    }

    private static func images(below root: Pointer) -> [Pointer] {
        guard let iterator = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(iterator) }
        var found: [Pointer] = []
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return found }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            if type(of: node) == "image" { found.append(node) }
        }
    }

    /// Puts HTML of our own in the place of a node.
    private static func replace(_ node: Pointer, by html: String) {
        guard let other = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
        cmark_node_set_on_enter(other, html)
        if cmark_node_replace(node, other) != 0 { cmark_node_free(node) } else { cmark_node_free(other) }
    }
}

// MARK: - The tree that cmark makes

extension Markdown {
    private typealias Pointer = OpaquePointer

    /// Nesting deeper than this is shown as its words alone: no lesson needs it, and a stack has an end.
    private static let deepest = 60

    private static let extensionsAreThere: Bool = {
        cmark_gfm_core_extensions_ensure_registered()
        return true
    }()

    private static func withTree<Result>(of text: String, _ body: (Pointer) -> [Result]) -> [Result] {
        guard extensionsAreThere, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return [] }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var bytes = text
        bytes.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(root) }
        return body(root)
    }

    private static func children(of node: Pointer) -> [Pointer] {
        Array(
            sequence(state: cmark_node_first_child(node)) { next in
                defer { next = next.flatMap { cmark_node_next($0) } }
                return next
            })
    }

    private static func type(of node: Pointer) -> String { string(cmark_node_get_type_string(node)) }

    private static func string(_ characters: UnsafePointer<CChar>?) -> String {
        characters.map { String(cString: $0) } ?? ""
    }

    private static func firstWord(_ text: String) -> String {
        String(text.split(whereSeparator: \.isWhitespace).first ?? "")
    }

    private static func block(_ node: Pointer, depth: Int) -> [Block] {
        guard depth < deepest else { return [] }
        switch type(of: node) {
        case "heading": return [.heading(level: Int(cmark_node_get_heading_level(node)), inlines(in: node, depth))]
        case "paragraph": return [.paragraph(inlines(in: node, depth))]
        case "block_quote": return [.quote(blocks(in: node, depth))]
        case "list": return [list(node, depth)]
        case "table": return [table(node, depth)]
        case "thematic_break": return [.rule]
        case "code_block":
            let language = firstWord(string(cmark_node_get_fence_info(node)))
            return [.code(language: language, text: withoutFinalNewline(string(cmark_node_get_literal(node))))]
        default: return []  // raw HTML, comments among it, is for browsers
        }
    }

    private static func blocks(in node: Pointer, _ depth: Int) -> [Block] {
        children(of: node).flatMap { block($0, depth: depth + 1) }
    }

    private static func list(_ node: Pointer, _ depth: Int) -> Block {
        let ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        return .list(
            start: ordered ? Int(cmark_node_get_list_start(node)) : nil,
            tight: cmark_node_get_list_tight(node) != 0,
            items: children(of: node).map { blocks(in: $0, depth) })
    }

    private static func table(_ node: Pointer, _ depth: Int) -> Block {
        let columns = Int(cmark_gfm_extensions_get_table_columns(node))
        let letters = cmark_gfm_extensions_get_table_alignments(node)
        let alignments = (0..<columns).map { alignment(letters?[$0] ?? 0) }
        let rows = children(of: node).map { row in children(of: row).map { inlines(in: $0, depth) } }
        return .table(ProseTable(alignments: alignments, header: rows.first ?? [], rows: Array(rows.dropFirst())))
    }

    private static func alignment(_ letter: UInt8) -> ProseTable.Alignment {
        switch letter {
        case UInt8(ascii: "l"): .left
        case UInt8(ascii: "c"): .centre
        case UInt8(ascii: "r"): .right
        default: .natural
        }
    }

    private static func inlines(in node: Pointer, _ depth: Int) -> [Inline] {
        guard depth < deepest else { return [] }
        return children(of: node).compactMap { inline($0, depth + 1) }
    }

    private static func inline(_ node: Pointer, _ depth: Int) -> Inline? {
        switch type(of: node) {
        case "text": .text(string(cmark_node_get_literal(node)))
        case "code": .code(string(cmark_node_get_literal(node)))
        case "emph": .emphasis(inlines(in: node, depth))
        case "strong": .strong(inlines(in: node, depth))
        case "strikethrough": .struck(inlines(in: node, depth))
        case "link": .link(inlines(in: node, depth), destination: string(cmark_node_get_url(node)))
        case "image":
            .image(alternative: inlines(in: node, depth).plainText, source: string(cmark_node_get_url(node)))
        case "softbreak": .softBreak
        case "linebreak": .lineBreak
        default: nil
        }
    }

    private static func withoutFinalNewline(_ text: String) -> String {
        text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
