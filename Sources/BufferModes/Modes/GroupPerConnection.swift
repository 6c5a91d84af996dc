public import Uring
package import Vocabulary

/// Several buffer groups of one mode: each connection receives into a group of its own.
///
/// The upper half of a request's user data says which connection it is for.
@usableFromInline
package struct GroupPerConnection<Group: BufferSupply & ~Copyable>: ~Copyable, BufferSupply {
  @usableFromInline let groups: UnsafeMutablePointer<Group>
  private let count: Int
  /// The group of the latest completion. Its released buffers may still have to be published.
  @usableFromInline var current = 0

  deinit {
    groups.deinitialize(count: count)
    groups.deallocate()
  }

  @inlinable
  @inline(__always)
  package mutating func supply(_ entry: Submission, connection: Int, length: UInt32) -> UInt32 {
    groups[connection].supply(entry, connection: connection, length: length)
  }

  @inlinable
  @inline(__always)
  package func bytes(_ completion: Completion) -> UnsafeRawPointer { groups[connection(completion)].bytes(completion) }

  @inlinable
  @inline(__always)
  package mutating func release(_ completion: Completion, received: Int, _ ring: inout Ring) {
    turn(to: connection(completion), &ring)
    groups[current].release(completion, received: received, &ring)
  }

  @inlinable
  @inline(__always)
  package mutating func publish(_ ring: inout Ring) { groups[current].publish(&ring) }

  @inlinable
  @inline(__always)
  package mutating func first(_ completion: Completion, _ ring: inout Ring) -> UInt16 {
    turn(to: connection(completion), &ring)
    return groups[current].first(completion, &ring)
  }

  @inlinable
  @inline(__always)
  package func segment(_ id: UInt16) -> UnsafeRawBufferPointer { groups[current].segment(id) }

  @inlinable
  @inline(__always)
  package func successor(of id: UInt16) -> UInt16 { groups[current].successor(of: id) }

  @inlinable
  @inline(__always)
  package mutating func release(_ id: UInt16, received: Int, keeps: Bool, _ ring: inout Ring) {
    groups[current].release(id, received: received, keeps: keeps, &ring)
  }

  @inlinable
  @inline(__always)
  package mutating func releaseSpan(_ completion: Completion) { groups[current].releaseSpan(completion) }

  @inlinable
  @inline(__always)
  func connection(_ completion: Completion) -> Int { Int(truncatingIfNeeded: completion.userData &>> 32) }

  /// Goes on with another group. What waits in the one before goes back first.
  @inlinable
  @inline(__always)
  mutating func turn(to group: Int, _ ring: inout Ring) {
    guard group != current else { return }
    groups[current].publish(&ring)
    current = group
  }
}

extension GroupPerConnection: BufferProvider where Group: BufferProvider & ~Copyable {
  package static var mode: Mode { Group.mode }

  package init(_ ring: inout Ring, _ shape: BufferShape) throws(Reason) {
    groups = try Self.makeGroups(&ring, shape)
    count = shape.groups
  }

  /// Sets up each group, all of them or none.
  private static func makeGroups(
    _ ring: inout Ring, _ shape: BufferShape
  ) throws(Reason) -> UnsafeMutablePointer<Group> {
    let groups = UnsafeMutablePointer<Group>.allocate(capacity: shape.groups)
    for index in 0..<shape.groups {
      var shape = shape
      shape.group = UInt16(truncatingIfNeeded: index)
      do throws(Reason) { (groups + index).initialize(to: try Group(&ring, shape)) } catch {
        groups.deinitialize(count: index)
        groups.deallocate()
        throw error
      }
    }
    return groups
  }

  package var recycled: Int { (0..<count).reduce(0) { $0 + groups[$1].recycled } }

  package var setupTimes: SetupTimes { (0..<count).reduce(into: SetupTimes()) { $0.add(groups[$1].setupTimes) } }

  package var bufferRegions: [UnsafeMutableRawBufferPointer] { (0..<count).flatMap { groups[$0].bufferRegions } }
  package var ringRegions: [UnsafeMutableRawBufferPointer] { (0..<count).flatMap { groups[$0].ringRegions } }

  package mutating func unregister(_ ring: inout Ring) throws(Reason) {
    for index in 0..<count { try groups[index].unregister(&ring) }
  }
}
