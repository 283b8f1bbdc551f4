"""Whether two programs that play the same model mean the same: joint 99.9 % intervals of means."""

import math
import statistics

LEVEL = 0.999


def student_quantile(probability, freedom):
    """The quantile of Student's t above the median, by bisection of the integrated density."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))
    scale /= math.sqrt(freedom * math.pi)

    def integral(end, steps=2000):
        # Simpson's rule from 0.
        width = end / steps
        def density(x):
            return scale * (1 + x * x / freedom) ** (-(freedom + 1) / 2)
        inner = sum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
        return (density(0) + inner + density(end)) * width / 3

    low, high = 0.0, 1000.0
    while integral(high) < probability - 0.5:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if integral(middle) < probability - 0.5 else (low, middle)
    return (low + high) / 2


class Mean:
    """A mean of independent replications with its standard error."""

    def __init__(self, mean, error, count):
        self.mean, self.error, self.count = mean, error, count

    @classmethod
    def of(cls, values):
        return cls(statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values)),
                   len(values))

    @classmethod
    def of_estimate(cls, estimate, factor=1.0):
        """Of an estimate in Rehearse's output, whose interval is one of Student's t."""
        width = student_quantile(0.5 + estimate["level"] / 2, estimate["n"] - 1)
        half = (estimate["upper"] - estimate["lower"]) / 2
        return cls(estimate["mean"] * factor, half / width * factor, estimate["n"])


def compare(what, unit, ours, theirs, peer):
    """The difference of two means and its joint interval (Welch); they agree where it holds 0."""
    variance = ours.error ** 2 + theirs.error ** 2
    if variance == 0:
        freedom, half = 1.0, 0.0
    else:
        freedom = variance ** 2 / (
            ours.error ** 4 / (ours.count - 1) + theirs.error ** 4 / (theirs.count - 1))
        half = student_quantile(0.5 + LEVEL / 2, freedom) * math.sqrt(variance)
    difference = ours.mean - theirs.mean
    return {
        "what": what, "unit": unit, "peer": peer, "rehearse": ours.mean, "other": theirs.mean,
        "replications": [ours.count, theirs.count], "difference": difference,
        "half_width": half, "level": LEVEL, "agrees": abs(difference) <= half,
    }
