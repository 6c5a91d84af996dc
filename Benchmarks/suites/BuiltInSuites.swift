package enum BuiltInSuites {}
