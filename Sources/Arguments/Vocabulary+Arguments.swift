public import ArgumentParser
package import Results

extension Mode: ExpressibleByArgument {}
extension Transport: ExpressibleByArgument {}
extension Operation: ExpressibleByArgument {}
extension Pattern: ExpressibleByArgument {}
