"""Plays a workload in Ciw and prints one line of JSON.

usage: ciw_peer.py w1|w3 CASES [SEED]

Times are minutes. Ciw cannot fork a case: in W3 the tickets are customers of their own, who arrive
at half the rate of the cases. `processor_seconds` includes setting the network up, which is less
than a hundredth, and reading the records, as nothing is known without them.
"""

import json
import math
import random
import resource
import sys
import time

import ciw

DEVIATION = math.sqrt(math.log(1.25))
AGENTS, HUMANS, TEAM_A, TEAM_B, BACKOFF = 1, 2, 3, 4, 5


def log_mean(mean):
    return math.log(mean) - DEVIATION * DEVIATION / 2


def queue(cases):
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(0.9)],
        service_distributions=[ciw.dists.Exponential(1.0)], number_of_servers=[1])
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(cases, method="Finish")
    records = simulation.get_all_records()
    total = sum(record.waiting_time + record.service_time for record in records)
    return len(records), total / len(records)


class AgentTime(ciw.dists.Distribution):
    def __init__(self, draw):
        self.draw = draw

    def sample(self, t=None, ind=None):
        if ind.step & 1:
            return self.draw.expovariate(1 / 15)
        return self.draw.lognormvariate(log_mean(15), DEVIATION)


class HumanTime(ciw.dists.Distribution):
    def __init__(self, draw, mean):
        self.draw = draw
        self.log_mean = log_mean(mean)

    def sample(self, t=None, ind=None):
        return self.draw.lognormvariate(self.log_mean, DEVIATION)


class BackoffTime(ciw.dists.Distribution):
    def sample(self, t=None, ind=None):
        return float(1 << ind.failures)


class Steps(ciw.routing.NodeRouting):
    """Sends a case to where its next step, retry or exception is done."""

    def __init__(self, draw):
        self.draw = draw

    def next_node(self, ind):
        nodes = self.simulation.nodes
        if ind.customer_class == "ticket":
            return nodes[-1]
        if ind.place == AGENTS and self.draw.random() < 0.05:
            if ind.failures < 3:
                ind.failures += 1
                ind.place = BACKOFF
            else:
                ind.place = HUMANS
            return nodes[ind.place]
        if ind.place == BACKOFF:
            ind.place = AGENTS
            return nodes[AGENTS]
        ind.step += 1
        ind.failures = 0
        step = ind.step
        if step == 18:
            return nodes[-1]
        ind.place = AGENTS if step <= 5 or 7 <= step <= 10 else HUMANS if step == 6 else \
            TEAM_A if step <= 14 else TEAM_B
        return nodes[ind.place]


def loan(cases, draw):
    # Every individual begins at step 1 with the agents.
    ciw.Individual.step, ciw.Individual.failures, ciw.Individual.place = 1, 0, AGENTS
    services = lambda: [
        AgentTime(draw), HumanTime(draw, 10), HumanTime(draw, 4), HumanTime(draw, 5), BackoffTime()]
    routes = lambda: ciw.routing.NetworkRouting(routers=[Steps(draw) for _ in range(5)])
    network = ciw.create_network(
        arrival_distributions={
            "case": [ciw.dists.Exponential(0.28), None, None, None, None],
            "ticket": [None, ciw.dists.Exponential(0.14), None, None, None]},
        service_distributions={"case": services(), "ticket": services()},
        number_of_servers=[50, 8, 5, 5, float("inf")],
        routing={"case": routes(), "ticket": routes()})
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(int(cases * 1.5), method="Arrive")
    first, last = {}, {}
    for record in simulation.get_all_records():
        if record.customer_class == "case":
            number = record.id_number
            first[number] = min(first.get(number, math.inf), record.arrival_date)
            last[number] = max(last.get(number, 0.0), record.exit_date)
    return len(first), sum(last[number] - first[number] for number in first) / len(first)


def main():
    workload, cases = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 42
    ciw.seed(seed)
    before = time.process_time()
    played, mean = queue(cases) if workload == "w1" else loan(cases, random.Random(seed))
    seconds = time.process_time() - before
    print(json.dumps({
        "engine": "ciw", "version": ciw.__version__, "workload": workload, "seed": seed,
        "cases": played, "processor_seconds": seconds, "mean_time": mean,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
