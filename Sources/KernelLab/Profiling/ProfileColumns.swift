import Documents

/// The columns of a section, in the order in which the plugin writes them.
enum ProfileColumns {
  static let order: [CostColumn] = [
    .instructions, .stringBytes, .stringSteps, .dataMisses, .instructionMisses, .lastLevelMisses, .mispredictions,
    .lockedOperations,
  ]

  static func counted(at level: ProfilerPlugin.Level) -> [CostColumn] {
    level == .caches ? order : CostColumn.always
  }
}
