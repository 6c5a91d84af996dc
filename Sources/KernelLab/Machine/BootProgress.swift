import Base

/// What is shown while a guest boots, until it first says something.
struct BootProgress {
  private let kernel: String
  private let output: ProgressOutput
  private let now: () -> ContinuousClock.Instant
  private let began: ContinuousClock.Instant
  /// The seconds that are shown; nil before the first draw.
  private var shown: Int?
  private var isOver = false

  init(_ kernel: String, _ output: ProgressOutput, now: @escaping () -> ContinuousClock.Instant = { .now }) {
    self.kernel = kernel
    self.output = output
    self.now = now
    began = now()
  }

  /// Shows how long the guest has been booting: `booting debian-6.12 (7 s)`.
  mutating func show() {
    let seconds = Int(began.duration(to: now()).components.seconds)
    guard !isOver, seconds != shown else { return }
    shown = seconds
    let text = "booting \(kernel) (\(seconds) s)"
    output.show({ _ in text }, plain: { text })
  }

  /// Leaves the terminal to what the guest says.
  mutating func end() {
    if !isOver, shown != nil { output.clear() }
    isOver = true
  }
}
