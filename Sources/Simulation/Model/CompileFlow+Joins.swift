internal import ProcessModel

// Joins: a slot for each incoming flow, and for inclusive joins which flow can still be reached from
// where (BPMN 2.0.2, table 13.3).

extension FlowCompilation {
  mutating func assignJoinSlots() {
    for index in graph.nodes.indices {
      let node = graph.nodes[index]
      guard node.kind == .parallel || node.kind == .inclusive, node.incomingCount > 1 else {
        continue
      }
      graph.nodes[index].firstJoinSlot = Int32(graph.joinSlotCount)
      graph.joins.append(Int32(index))
      if node.kind == .inclusive {
        graph.nodes[index].detail = Int32(graph.inclusiveJoins.count)
        graph.inclusiveJoins.append(Int32(index))
      }
      for flow in graph.flows.indices where graph.flows[flow].target == Int32(index) {
        graph.flows[flow].joinSlot = Int32(graph.joinSlotCount)
        graph.joinSlotCount += 1
      }
    }
  }

  /// For each inclusive join and node, the incoming flows of the join that a token at the node can come
  /// to by a path that does not pass the join.
  mutating func findJoinReach() throws(FlowCompilationError) {
    guard !graph.inclusiveJoins.isEmpty else { return }
    let sources = predecessors()
    for join in graph.inclusiveJoins {
      let row = graph.nodes[Int(join)]
      if row.incomingCount > 64 {
        throw problem(
          "an inclusive gateway has \(row.incomingCount) incoming flows; at most 64 are simulated",
          process.elements[Int(join)])
      }
      var reach = [UInt64](repeating: 0, count: graph.nodes.count)
      for (source, slot) in entries(of: join) where source != join {
        let bit = UInt64(1) << UInt64(slot - row.firstJoinSlot)
        var open = [source]
        reach[Int(source)] |= bit
        while let node = open.popLast() {
          for before in sources[Int(node)] where before != join && reach[Int(before)] & bit == 0 {
            reach[Int(before)] |= bit
            open.append(before)
          }
        }
      }
      graph.joinReach += reach
    }
  }

  /// Source and slot of each flow into a join.
  private func entries(of join: Int32) -> [(source: Int32, slot: Int32)] {
    var result: [(source: Int32, slot: Int32)] = []
    for node in graph.nodes.indices {
      let row = graph.nodes[node]
      for index in Int(row.firstFlow)..<Int(row.firstFlow + row.flowCount)
      where graph.flows[index].target == join {
        result.append((Int32(node), graph.flows[index].joinSlot))
      }
    }
    return result
  }

  /// The nodes from which a token comes to each node: along a flow, or as a boundary event.
  private func predecessors() -> [[Int32]] {
    var result: [[Int32]] = Array(repeating: [], count: graph.nodes.count)
    for node in graph.nodes.indices {
      let row = graph.nodes[node]
      for index in Int(row.firstFlow)..<Int(row.firstFlow + row.flowCount) {
        result[Int(graph.flows[index].target)].append(Int32(node))
      }
      for index in 0..<Int(row.handlerCount) {
        result[Int(graph.handlers[Int(row.firstHandler) + index].node)].append(Int32(node))
      }
    }
    return result
  }
}
