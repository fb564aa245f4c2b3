/// A picture as a plain value: what is to be seen, with no word on how it is drawn.
public struct Figure: Hashable, Sendable {
    /// Stands above all panels; empty for none.
    public var title: String
    /// Row by row.
    public var panels: [Panel]
    /// How many panels stand side by side; nil lets the drawing choose.
    public var columns: Int?
    /// Whether it stands beside text in the terminal and leaves room for it: about two thirds of the usual height.
    public var isSmall = false

    /// A figure of several panels.
    public init(title: String = "", panels: [Panel], columns: Int? = nil) {
        self.title = title
        self.panels = panels
        self.columns = columns
    }

    /// A figure of one panel, whose title is the figure's.
    public init(_ panel: Panel) {
        self.init(panels: [panel])
    }

    /// Whether each panel says itself where it stands.
    var isPlaced: Bool { !panels.isEmpty && panels.allSatisfy { $0.place != nil } }

    /// Rows and columns in which the panels stand.
    public var layout: (rows: Int, columns: Int) {
        let count = max(panels.count, 1)
        let across = min(max(columns ?? (count <= 3 ? count : Int(Double(count).squareRoot().rounded(.up))), 1), count)
        return ((count + across - 1) / across, across)
    }
}

/// One pair of axes and what is drawn over it.
public struct Panel: Hashable, Sendable {
    /// Stands above the axes; empty for none.
    public var title: String
    /// The horizontal axis.
    public var x: Axis
    /// The vertical axis.
    public var y: Axis
    /// Drawn in order, the last one on top.
    public var series: [Series]
    /// One unit is as long upwards as sideways; for points in a plane.
    public var hasEqualAspect: Bool
    /// Whether the names of the series and the scale of colours stand beside it.
    public var hasKey = true
    /// What it shows, in words and numbers, where the series cannot say it as well; empty leaves it to them.
    public var summary = ""
    /// Where on the page it stands; nil, for all panels or for none, lets them stand in rows and columns.
    public var place: Place?

    /// A panel; see the properties.
    public init(
        title: String = "", x: Axis = Axis(), y: Axis = Axis(), series: [Series], hasEqualAspect: Bool = false
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.series = series
        self.hasEqualAspect = hasEqualAspect
    }
}

/// A part of a page, in shares of it from its lower left corner.
public struct Place: Hashable, Sendable {
    /// From the left edge of the page to that of the part.
    public var x: Double
    /// From the lower edge of the page to that of the part.
    public var y: Double
    /// How much of the page's width it takes.
    public var width: Double
    /// How much of the page's height it takes.
    public var height: Double

    /// A part of a page.
    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// A direction of a panel.
public struct Axis: Hashable, Sendable {
    /// What is measured, with its unit: "waiting time (minutes)".
    public var label: String
    /// What is shown; nil fits the data.
    public var range: ClosedRange<Double>?
    /// Equal steps are equal factors.
    public var isLogarithmic: Bool
    /// Names at fixed places in the stead of numbers.
    public var ticks: [Tick]?
    /// Neither line nor numbers, as for a graph of boxes.
    public var isHidden: Bool

    /// Whether its places have names in the stead of numbers.
    var hasNames: Bool { ticks?.contains { Double($0.label) == nil } ?? false }

    /// An axis; see the properties.
    public init(
        _ label: String = "", range: ClosedRange<Double>? = nil, isLogarithmic: Bool = false, ticks: [Tick]? = nil,
        isHidden: Bool = false
    ) {
        self.label = label
        self.range = range
        self.isLogarithmic = isLogarithmic
        self.ticks = ticks
        self.isHidden = isHidden
    }
}

/// A place on an axis and what stands there.
public struct Tick: Hashable, Sendable {
    /// In the units of the axis.
    public var position: Double
    /// What is written.
    public var label: String

    /// A tick.
    public init(_ position: Double, _ label: String) {
        self.position = position
        self.label = label
    }
}
