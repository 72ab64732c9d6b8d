"""What every Python side of the race shares: orders in, answers out, one JSON line each, and the clock.

The clock is that of Locus (src/Locus.Engine/Probes/Timing.cs): half the time warms up, then short groups of calls are timed, and the
median and the fastest group count.
"""
import json
import statistics
import sys
import time

GROUP_SECONDS = 2e-3
LEAST_GROUPS = 3

# Three rings about the origin (bench/race uses the gallery's problem three-rings) and the paper's losses.
RADII = (0.5, 1.0, 1.5)
HALF_WIDTH = 0.1
DIMENSION = 2
CLIP = 0.05
POOL_SIZE = 16384
LEARNING_RATE = 2e-3
AVERAGE_DECAY = 0.999
GRID_POWER = 2


def times(steps):
    """The time grid t_i = 1 - (1 - i/K)^2 with, for each step, t and the share h / (1 - t) of the way to the prediction."""
    left = [(1 - i / steps) ** GRID_POWER for i in range(steps + 1)]
    return [(1 - a, (a - b) / a) for a, b in zip(left, left[1:])]


def average_share(step):
    """How far the moving average goes towards the new weights after a number of steps."""
    return 1 - min(AVERAGE_DECAY, (1 + step) / (10 + step))


def timed(work, finish, seconds):
    """Repeats work for some time; finish() returns when all calls made so far are done."""
    start = time.perf_counter()
    calls = 0
    while calls == 0 or time.perf_counter() - start < seconds / 2:
        work()
        finish()
        calls += 1
    per_group = max(1, int(calls * GROUP_SECONDS / (time.perf_counter() - start)))
    groups = []
    start = time.perf_counter()
    while len(groups) < LEAST_GROUPS or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        for _ in range(per_group):
            work()
        finish()
        groups.append((time.perf_counter() - begin) / per_group)
    return {"seconds": statistics.median(groups), "best": min(groups), "calls": len(groups) * per_group}


def serve(machine, make, finish=lambda: None):
    """Answers orders until the input ends. make(order) gives the function that does the work once; it is kept from turn to turn."""
    workloads = {}
    answers = sys.stdout
    # What a library prints must not pass for an answer.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if order["work"] == "machine":
                answer = machine()
            else:
                seconds = order.pop("seconds")
                name = json.dumps(order, sort_keys=True)
                if name not in workloads:
                    workloads[name] = make(order)
                answer = timed(workloads[name], finish, seconds)
        except Exception as mistake:  # Whatever a library throws is told, and the race goes on without this side.
            answer = {"mistake": f"{type(mistake).__name__}: {mistake}"}
        print(json.dumps(answer), file=answers, flush=True)
