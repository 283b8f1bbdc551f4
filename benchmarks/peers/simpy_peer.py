"""Plays a workload in SimPy and prints one line of JSON.

usage: simpy_peer.py w1|w1_store|w2|w3|shifts CASES [SEED]

Times are minutes. `processor_seconds` is the processor time of `Environment.run` alone.
"""

import json
import math
import random
import resource
import sys
import time

import simpy

DEVIATION = math.sqrt(math.log(1.25))  # of the logarithm, where the coefficient of variation is 0.5


class Tally:
    """Times in the system, and tickets that nobody waits for."""

    def __init__(self):
        self.total = 0.0
        self.count = 0
        self.tickets = 0


def queue(environment, tally, draw, cases, rate, servers):
    """Arrivals of one rate, exponential service of mean 1: a process for each customer."""
    team = simpy.Resource(environment, capacity=servers)
    exponential = draw.expovariate

    def customer():
        arrival = environment.now
        with team.request() as request:
            yield request
            yield environment.timeout(exponential(1.0))
        tally.total += environment.now - arrival
        tally.count += 1

    def source():
        for _ in range(cases):
            yield environment.timeout(exponential(rate))
            environment.process(customer())

    environment.process(source())


def queue_by_store(environment, tally, draw, cases):
    """W1 in SimPy's fastest style: two processes and a store of arrival times between them."""
    line = simpy.Store(environment)
    exponential = draw.expovariate

    def source():
        for _ in range(cases):
            yield environment.timeout(exponential(0.9))
            yield line.put(environment.now)

    def server():
        while True:
            arrival = yield line.get()
            yield environment.timeout(exponential(1.0))
            tally.total += environment.now - arrival
            tally.count += 1

    environment.process(source())
    environment.process(server())


def loan(environment, tally, draw, cases):
    """W3: 17 steps with retries and tickets; see ../models/w3.yaml."""
    means = [10] + [15] * 5 + [10] + [15] * 4 + [4] * 4 + [5] * 3
    log_means = [math.log(mean) - DEVIATION * DEVIATION / 2 for mean in means]
    agents = simpy.Resource(environment, 50)
    humans = simpy.Resource(environment, 8)
    team_a = simpy.Resource(environment, 5)
    team_b = simpy.Resource(environment, 5)
    exponential, lognormal, uniform = draw.expovariate, draw.lognormvariate, draw.random

    def ticket():
        with humans.request() as request:
            yield request
            yield environment.timeout(lognormal(log_means[0], DEVIATION))

    def case():
        arrival = environment.now
        for step in range(1, 18):
            if step == 6 or step > 10:
                if step == 11 and uniform() < 0.5:
                    tally.tickets += 1
                    environment.process(ticket())
                team = humans if step == 6 else team_a if step < 15 else team_b
                with team.request() as request:
                    yield request
                    yield environment.timeout(lognormal(log_means[step], DEVIATION))
                continue
            failures = 0
            while True:
                with agents.request() as request:
                    yield request
                    if step & 1:
                        yield environment.timeout(exponential(1 / 15))
                    else:
                        yield environment.timeout(lognormal(log_means[step], DEVIATION))
                if uniform() >= 0.05:
                    break
                if failures < 3:
                    failures += 1
                    yield environment.timeout(float(1 << failures))
                else:
                    with humans.request() as request:
                        yield request
                        yield environment.timeout(lognormal(log_means[0], DEVIATION))
                    break
        tally.total += environment.now - arrival
        tally.count += 1

    def source():
        for _ in range(cases):
            yield environment.timeout(exponential(0.28))
            environment.process(case())

    environment.process(source())


DAY, WEEK = 1440.0, 7 * 1440.0
SHIFTS = [(day * DAY + start, day * DAY + end) for day in range(5) for start, end in ((480, 720), (780, 1020))]


def end_of_work(now, work):
    """When `work` minutes have passed by the calendar: Monday to Friday 8-12 and 13-17 h."""
    week = math.floor(now / WEEK) * WEEK
    while True:
        for start, end in SHIFTS:
            start, end = week + start, week + end
            if now >= end:
                continue
            now = max(now, start)
            if now + work <= end:
                return now + work
            work -= end - now
            now = end
        week += WEEK


def shifts(environment, tally, draw, cases):
    """Cases at all hours, three people by day; work in hand overnight is gone on with."""
    team = simpy.Resource(environment, 3)
    log_mean = math.log(12) - DEVIATION * DEVIATION / 2

    def case():
        arrival = environment.now
        with team.request() as request:
            yield request
            work = draw.lognormvariate(log_mean, DEVIATION)
            yield environment.timeout(end_of_work(environment.now, work) - environment.now)
        tally.total += environment.now - arrival
        tally.count += 1

    def source():
        for _ in range(cases):
            yield environment.timeout(draw.expovariate(1 / 24))
            environment.process(case())

    environment.process(source())


def main():
    workload, cases = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 42
    draw = random.Random(seed)
    environment, tally = simpy.Environment(), Tally()
    build = {
        "w1": lambda: queue(environment, tally, draw, cases, rate=0.9, servers=1),
        "w1_store": lambda: queue_by_store(environment, tally, draw, cases),
        "w2": lambda: queue(environment, tally, draw, cases, rate=9.0, servers=10),
        "w3": lambda: loan(environment, tally, draw, cases),
        "shifts": lambda: shifts(environment, tally, draw, cases),
    }
    build[workload]()
    before = time.process_time()
    environment.run()
    seconds = time.process_time() - before
    print(json.dumps({
        "engine": "simpy", "version": simpy.__version__, "workload": workload, "seed": seed,
        "cases": tally.count, "processor_seconds": seconds,
        "mean_time": tally.total / tally.count, "tickets": tally.tickets,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


main()
