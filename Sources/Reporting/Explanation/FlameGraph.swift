import Base
import Documents

/// The call paths of one side as inline SVG: callers above what they call, as wide as what they cost.
struct FlameGraph: Sendable {
  private let frames: [FlameFrame]
  private let title: String
  private let isOld: Bool
  /// Instructions per operation over the whole width.
  private let scale: Double
  /// The largest change that a function of either graph has itself.
  private let extent: Double

  private static let (width, row, character) = (1200.0, 18.0, 6.7)
  /// Frames that are narrower than this part of the width can't be seen.
  private static let narrowest = 0.0015
  /// More frames than this make a page too large; the widest are shown.
  private static let most = 600

  /// Of one side, or of both on one scale.
  static func graphs(_ explained: ProfiledExplanation) -> [FlameGraph] {
    let profiles = explained.profiles
    let isPair = profiles.count == 2
    let sides = profiles.enumerated().map { index, profile in
      FlameFrames(profile, other: isPair ? profiles[1 - index] : nil, isOld: isPair && index == 0).frames
    }
    let scale = profiles.map { $0.perOperation($0.instructions) }.max() ?? 0
    let extent = sides.joined().compactMap { $0.change.own.map(abs) }.max() ?? 0
    guard scale > 0 else { return [] }
    return zip(profiles, sides).enumerated().map { index, side in
      let name = isPair ? ["Old: ", "New: "][index] : ""
      return FlameGraph(
        frames: side.1,
        title: "\(name)\(CostText.number(side.0.perOperation(side.0.instructions))) instructions an operation on Linux "
          + side.0.kernelRelease,
        isOld: isPair && index == 0, scale: scale, extent: extent)
    }
  }

  var text: String {
    let shown = self.shown
    let height = (Double((shown.map(\.depth).max() ?? 0) + 1) * Self.row).rounded(.up)
    let graph =
      "<svg class=\"flame\" viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" role=\"img\">"
      + "<title>\(HTMLText.escaped(title))</title>\n\(shown.map(drawn).joined())</svg>"
    return "<h4>\(HTMLText.escaped(title))</h4>\n" + HTMLText.scrolling(title, graph)
  }

  /// A frame is never wider than its caller, so a caller is always among them.
  private var shown: [FlameFrame] {
    let widths = frames.map(\.inclusive).sorted(by: >)
    let least = max(scale * Self.narrowest, widths.count > Self.most ? widths[Self.most].nextUp : 0)
    return frames.filter { $0.inclusive >= least }
  }

  private func drawn(_ frame: FlameFrame) -> String {
    let (x, width) = (frame.start / scale * Self.width, frame.inclusive / scale * Self.width)
    let top = Double(frame.depth) * Self.row
    let label = label(frame, Int((width - 6) / Self.character))
    let text =
      label.isEmpty
      ? "" : "<text x=\"\(digits(x + 3))\" y=\"\(digits(top + 13))\">\(HTMLText.escaped(label))</text>"
    return
      "<g\(kind(frame))><title>\(HTMLText.escaped(title(frame)))</title><rect x=\"\(digits(x))\" y=\"\(digits(top))\" "
      + "width=\"\(digits(width))\" height=\"\(Int(Self.row) - 1)\"/>\(text)</g>\n"
  }

  private func digits(_ value: Double) -> String { Decimals.shortest(value, upTo: 1) }

  /// As much of the name as there is room for, and behind it the change.
  private func label(_ frame: FlameFrame, _ room: Int) -> String {
    guard room >= 4 else { return "" }
    let name = FormatText.line(frame.name)
    // Signs outside ASCII may be twice as wide.
    let size = name.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 2) }
    guard size <= room else { return size == name.count ? name.prefix(room - 2) + ".." : String(name.prefix(room / 2)) }
    let note = note(frame)
    return size + 1 + note.count <= room && !note.isEmpty ? "\(name) \(note)" : name
  }

  private func note(_ frame: FlameFrame) -> String {
    if case .missing = frame.change { return isOld ? "(gone)" : "(new)" }
    guard let own = frame.change.own, own != 0 else { return "" }
    return CostText.signed(own)
  }

  private func title(_ frame: FlameFrame) -> String {
    let name = frame.name.clipped(to: 100)
    let (own, inclusive) = (CostText.number(frame.own), CostText.number(frame.inclusive))
    let plain = "\(name): \(own) itself, \(inclusive) with all it calls"
    return switch frame.change {
    case .none: plain
    case .path(let change, let all):
      "\(name): \(own) itself (\(CostText.signed(change))), \(inclusive) with all it calls (\(CostText.signed(all)))"
    case .function(let change):
      "\(plain); \(isOld ? "no longer" : "not before") on this path, itself \(CostText.signed(change)) on all paths"
    case .missing: "\(plain); \(isOld ? "gone" : "new")"
    }
  }

  private func kind(_ frame: FlameFrame) -> String {
    if case .missing = frame.change { return " class=\"\(isOld ? "gone" : "fresh")\"" }
    guard let own = frame.change.own, own != 0, extent > 0 else { return "" }
    let step = [0, 0.1, 0.4].count { abs(own) / extent > $0 }
    return " class=\"\(own > 0 ? "up" : "down")\(step)\""
  }

  /// What the graphs show, in words.
  static func legend(_ explained: ProfiledExplanation) -> String {
    let plain =
      "Callers stand above what they call, and are as wide as the instructions of both. "
      + "Point at a function for its numbers."
    guard explained.change != nil else { return plain }
    return plain + " Both sides have one scale. Orange functions cost more themselves on the new side, blue ones less. "
      + "The change stands behind the name where there is room. Dashed functions are on one side only: gone, or new."
  }

  /// The rules of a page with such graphs. The text has one width for every letter, so that it can be cut to fit.
  static let style = """
    :root { --cool: 0, 114, 178; }
    @media (prefers-color-scheme: dark) { :root { --cool: 86, 180, 233; } }
    h3, h4 { overflow-wrap: anywhere; }
    h4 { font-size: 0.875rem; margin: 1rem 0 0.25rem; }
    svg.flame { min-width: 900px; font: 11px ui-monospace, "DejaVu Sans Mono", monospace; }
    .flame rect { fill: var(--rule); fill-opacity: 0.6; }
    .up1 rect { fill: rgb(var(--shade)); fill-opacity: 0.15; }
    .down1 rect { fill: rgb(var(--cool)); fill-opacity: 0.15; }
    .up2 rect { fill: rgb(var(--shade)); fill-opacity: 0.28; }
    .down2 rect { fill: rgb(var(--cool)); fill-opacity: 0.28; }
    .up3 rect { fill: rgb(var(--shade)); fill-opacity: 0.45; }
    .down3 rect { fill: rgb(var(--cool)); fill-opacity: 0.45; }
    .fresh rect { fill: rgb(var(--shade)); fill-opacity: 0.28; stroke: currentColor; stroke-dasharray: 4 2; }
    .gone rect { fill: rgb(var(--cool)); fill-opacity: 0.28; stroke: currentColor; stroke-dasharray: 4 2; }

    """
}
