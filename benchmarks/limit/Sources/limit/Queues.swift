/// What a run yields.
struct Outcome {
  /// Arrivals, completions of service and ends of back-offs.
  var events = 0
  /// Mean time in the system, in the workload's unit.
  var meanTime = 0.0
  /// Cases with a ticket that nobody waits for, W3 only.
  var tickets = 0
}

/// W1: arrivals at rate 0.9 to one server of rate 1. Two events can be next, so that one comparison
/// finds it.
func singleQueue(customers: Int, seed: UInt64) -> Outcome {
  var variates = Variates(seed: seed)
  var line = WaitingLine<Double>()
  var nextArrival = variates.exponential() / 0.9
  var nextDeparture = Double.infinity
  var (arrived, departed, sum) = (0, 0, 0.0)
  while departed < customers {
    if nextArrival < nextDeparture {
      let now = nextArrival
      arrived &+= 1
      if nextDeparture == .infinity { nextDeparture = now + variates.exponential() }
      line.append(now)
      nextArrival = arrived < customers ? now + variates.exponential() / 0.9 : .infinity
    } else {
      let now = nextDeparture
      departed &+= 1
      sum += now - line.removeFirst()
      nextDeparture = line.isEmpty ? .infinity : now + variates.exponential()
    }
  }
  return Outcome(events: arrived + departed, meanTime: sum / Double(customers))
}

/// W2: arrivals at rate 9 to ten servers of rate 1.
func manyServers(customers: Int, seed: UInt64) -> Outcome {
  let servers = 10
  var variates = Variates(seed: seed)
  let events = EventTree(slots: 16)
  var line = WaitingLine<Double>()
  let arrivals = UnsafeMutablePointer<Double>.allocate(capacity: servers + 1)
  let free = UnsafeMutablePointer<Int>.allocate(capacity: servers)
  defer {
    arrivals.deallocate()
    free.deallocate()
  }
  // Slot 0 is the arrivals, the others are the servers.
  var freeCount = servers
  for server in 0..<servers { free[server] = server + 1 }
  events.set(0, variates.exponential() / 9)
  var (arrived, departed, sum) = (0, 0, 0.0)
  while departed < customers {
    let slot = events.next
    let now = events.time(of: slot)
    if slot == 0 {
      arrived &+= 1
      if freeCount > 0 {
        freeCount &-= 1
        let server = free[freeCount]
        arrivals[server] = now
        events.set(server, now + variates.exponential())
      } else {
        line.append(now)
      }
      events.set(0, arrived < customers ? now + variates.exponential() / 9 : .infinity)
    } else {
      departed &+= 1
      sum += now - arrivals[slot]
      if line.isEmpty {
        free[freeCount] = slot
        freeCount &+= 1
        events.set(slot, .infinity)
      } else {
        arrivals[slot] = line.removeFirst()
        events.set(slot, now + variates.exponential())
      }
    }
  }
  return Outcome(events: arrived + departed, meanTime: sum / Double(customers))
}
