"""Writes selection.txt: constants and intervals of ranking, selection and sequential stopping.

Needs NumPy and SciPy 1.17. Run in this folder: python3 make_selection.py
"""
import numpy as np
from scipy import integrate, optimize, stats


def rinott(k, n0, p):
    """Gauss and Legendre's rule in the logarithm of both variables, where the integrand is smooth."""
    freedom = n0 - 1
    low, high = np.log(stats.chi2.ppf(1e-18, freedom)), np.log(stats.chi2.isf(1e-18, freedom))
    nodes, weights = np.polynomial.legendre.leggauss(300)
    ys = np.exp((nodes + 1) / 2 * (high - low) + low)
    ws = weights * (high - low) / 2 * ys * stats.chi2.pdf(ys, freedom)

    def value(h):
        inner = stats.norm.cdf(h / np.sqrt(freedom * (1 / ys[:, None] + 1 / ys[None, :]))) @ ws
        return np.sum(ws * inner ** (k - 1)) - p

    return optimize.brentq(value, 0.1, 30, xtol=1e-10)


def dudewicz_dalal(k, n0, p):
    t = stats.t(n0 - 1)

    def value(h):
        return integrate.quad(lambda x: t.cdf(x + h) ** (k - 1) * t.pdf(x), -np.inf, np.inf,
                              epsabs=1e-12)[0] - p

    return optimize.brentq(value, 0.01, 30, xtol=1e-10)


def pitman_morgan(a, b, confidence):
    """Interval of Var(a - b) / (Var a + Var b) by solving the test of equal variances of d and w*s."""
    s, d = a + b, a - b
    n = len(a)
    critical = stats.t.ppf(0.5 + confidence / 2, n - 2)

    def statistic(log_w):
        # Var s = w Var d exactly where s / sqrt(w) - d and s / sqrt(w) + d are uncorrelated.
        scaled = s / np.exp(log_w / 2)
        r = np.corrcoef(scaled - d, scaled + d)[0, 1]
        return r * np.sqrt((n - 2) / (1 - r * r))

    centre = np.log(s.var(ddof=1) / d.var(ddof=1))
    upper = optimize.brentq(lambda w: statistic(w) + critical, centre, centre + 12)
    lower = optimize.brentq(lambda w: statistic(w) - critical, centre - 12, centre)
    return 2 / (1 + np.exp(upper)), 2 / (1 + np.exp(lower))


def coverage(runs, target, minimum=10, ahead=5, cap=2000, seed=1):
    """Coverage of the 95 % interval at which a relative-precision rule stops, for exponential output."""
    rng = np.random.default_rng(seed)
    covered, sizes = 0, []
    for _ in range(runs):
        x = rng.exponential(1, cap)
        n = np.arange(1, cap + 1)
        mean = np.cumsum(x) / n
        var = (np.cumsum(x * x) - n * mean * mean) / np.maximum(n - 1, 1)
        half = QUANTILES[:cap] * np.sqrt(np.maximum(var, 0) / n)
        met = (half <= target / (1 + target) * mean) & (n >= minimum)
        since, end = None, cap
        for i in range(minimum - 1, cap):
            if not met[i]:
                since = None
                continue
            since = i + 1 if since is None else since
            if i + 1 - since >= ahead * max(100, since) // 100:
                end = i + 1
                break
        covered += abs(mean[end - 1] - 1) <= half[end - 1]
        sizes.append(end)
    return covered / runs, np.mean(sizes)


QUANTILES = np.concatenate([[np.inf], stats.t.ppf(0.975, np.arange(1, 4000))])

with open("selection.txt", "w") as file:
    for k, n0, p in [(2, 10, .9), (2, 20, .95), (3, 20, .95), (10, 10, .95), (5, 40, .9), (4, 20, .99)]:
        file.write(f"rinott {k} {n0} {p} {rinott(k, n0, p):.8f}\n")
        file.write(f"dudewicz {k} {n0} {p} {dudewicz_dalal(k, n0, p):.8f}\n")
    rng = np.random.default_rng(7)
    for share, n in [(0.0, 12), (0.6, 40), (0.95, 30), (-0.5, 25)]:
        common = rng.normal(size=n)
        a = np.round(share * common + rng.normal(size=n), 3)
        b = np.round(np.abs(share) * common + 1.3 * rng.normal(size=n), 3)
        low, high = pitman_morgan(a, b, .999)
        values = " ".join(f"{x}" for x in np.concatenate([a, b]))
        file.write(f"ratio {n} {low:.10f} {high:.10f} {values}\n")
    for target in [0.1, 0.2]:
        share, size = coverage(20000, target)
        file.write(f"coverage {target} {share:.5f} {size:.2f}\n")
