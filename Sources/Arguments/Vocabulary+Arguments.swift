public import ArgumentParser
package import Vocabulary

extension Mode: ExpressibleByArgument {}
extension Transport: ExpressibleByArgument {}
extension Operation: ExpressibleByArgument {}
extension Pattern: ExpressibleByArgument {}

extension ByteSize: ExpressibleByArgument {}
