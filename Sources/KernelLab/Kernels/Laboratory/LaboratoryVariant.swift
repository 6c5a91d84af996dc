/// What a laboratory kernel is for.
package enum LaboratoryVariant: String, CaseIterable, Sendable {
  /// For measurements.
  case measured = "lab"
  /// The same source and configuration without the patches. What the patches cost the other modes is the difference.
  case control = "lab-control"
  /// For tests, with the debugging checks of kernel developers.
  case debug = "lab-debug"
  /// For tests, with the detector of data races. It can't be together with KASAN.
  case races = "lab-kcsan"

  /// What it is, for lists and help.
  package var summary: String {
    switch self {
    case .measured: "the laboratory kernel"
    case .control: "the same without our patches"
    case .debug: "the same with KASAN, lockdep and leak detection"
    case .races: "the same with KCSAN"
    }
  }

  /// Whether the series and the shared sources are in it.
  var isPatched: Bool { self != .control }

  /// A file of `Kernel/config` that adds to those of every kernel.
  var fragment: String? {
    switch self {
    case .measured, .control: nil
    case .debug: "debug.config"
    case .races: "kcsan.config"
    }
  }

  /// The approximate number of files that a build compiles, for the progress line.
  var expectedSteps: Int {
    switch self {
    case .measured, .control: 1850
    case .debug, .races: 1900
    }
  }
}
