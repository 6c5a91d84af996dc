import ArgumentParser
import Arguments
import Base

/// The option that says who reads the exit status.
struct StatusOptions: ParsableArguments {
  @Option(
    help: .init(
      "plain, bisect (git bisect run: undecided, unsupported and no boot are 125) or kselftest (4). (default: plain)",
      valueName: "style"),
    completion: .cases(of: StatusStyle.self), transform: style)
  var status = StatusStyle.plain

  @Sendable private static func style(_ text: String) throws -> StatusStyle {
    guard let style = StatusStyle(rawValue: text) else {
      throw RingbenchError.badInput("unknown style '\(text)': one of plain, bisect, kselftest is needed")
    }
    return style
  }

  /// The style on a command line, also of one that can't be parsed.
  static func style(of arguments: [String]) -> StatusStyle {
    let own = arguments.prefix { $0 != "--" }
    for (index, argument) in own.enumerated() {
      let next = index + 1 < own.count ? own[index + 1] : ""
      let value = argument == "--status" ? next : argument.hasPrefix("--status=") ? String(argument.dropFirst(9)) : ""
      if let style = StatusStyle(rawValue: value) { return style }
    }
    return .plain
  }
}
