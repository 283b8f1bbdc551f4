"""Writes the stored values of the tests of Statistics: elementary.txt, special.txt,
distributions.txt and kolmogorov.txt.

Needs mpmath 1.3 and SciPy 1.17. Run in this folder: python3 make_fixtures.py
"""
import math
import random
import struct

from mpmath import betainc, erfinv, exp, expm1, frexp, gammainc, log, log1p, loggamma, mp, mpf, ncdf
from mpmath import nint, sqrt
from scipy import stats

mp.prec = 250
rng = random.Random(20240601)


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


def double(pattern):
    return struct.unpack("<d", struct.pack("<Q", pattern))[0]


def log_uniform(low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def sign():
    return rng.choice((-1, 1))


def elementary():
    """function, arguments, correctly rounded value (bit patterns), true minus rounded in 1/1000 ulp."""
    cases = []
    for _ in range(400):
        cases += [
            ("exp", rng.uniform(-745, 709.7)),
            ("exp", sign() * log_uniform(1e-17, 1)),
            ("exp", rng.uniform(-745.1, -690)),
            ("log", double(rng.randrange(1, 0x7FF0000000000000))),
            ("log", rng.uniform(0.5, 2)),
            ("log", 1 + sign() * log_uniform(1e-15, 0.1)),
            ("expm1", rng.uniform(-40, 60)),
            ("expm1", rng.uniform(-0.6, 0.6)),
            ("expm1", sign() * log_uniform(1e-300, 1)),
            ("log1p", rng.uniform(-1, 1)),
            ("log1p", log_uniform(1e-300, 1e300)),
            ("log1p", sign() * log_uniform(1e-20, 0.1)),
        ]
        x = log_uniform(1e-300, 1e300)
        cases.append(("power", x, rng.uniform(-1, 1) * 700 / math.log(x)))
        x = 1 + sign() * log_uniform(1e-14, 0.5)
        cases.append(("power", x, rng.uniform(-1, 1) * 744 / abs(math.log(x))))
        cases.append(("power", log_uniform(1e-4, 1e4), rng.uniform(-5, 5)))
        cases.append(("power", double(rng.randrange(1, 1 << 52)), rng.uniform(-1, 1)))
    functions = {"exp": exp, "log": log, "expm1": expm1, "log1p": log1p,
                 "power": lambda x, y: exp(y * log(x))}
    with open("elementary.txt", "w", newline="\n") as file:
        for name, *arguments in cases:
            truth = functions[name](*[mpf(x) for x in arguments])
            # The unit in the last place of the true value; below 2^-1022 that of the subnormals.
            unit = mpf(2) ** max(frexp(abs(truth))[1] - 53, -1074)
            rounded = nint(truth / unit) * unit
            if rounded >= mpf(2) ** 1024:
                continue
            residual = int(nint((truth - rounded) / unit * 1000))
            fields = [name] + ["%x" % bits(v) for v in arguments + [float(rounded)]] + [str(residual)]
            file.write(" ".join(fields) + "\n")


def beta_lower(a, b, x):
    return betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True)


def solve(function, density, start, target):
    """Newton's method in high precision from a double that is nearly right."""
    x = mpf(start)
    for _ in range(6):
        x -= (function(x) - target) / density(x)
    return x


def special():
    """function, arguments, value; decimal, each as the nearest double."""
    mp.prec = 140
    lines = []

    def add(name, *numbers):
        lines.append(" ".join([name] + [repr(float(n)) for n in numbers]))

    for _ in range(150):
        for z in (rng.uniform(-4, 4), rng.uniform(-37, -4), rng.uniform(-1e-3, 1e-3)):
            add("normalCDF", z, ncdf(mpf(z)))
        for p in (rng.random(), log_uniform(1e-15, 0.1), 1 - log_uniform(1e-14, 0.1)):
            add("normalQuantile", p, sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1))
        for x in (rng.uniform(0, 12), log_uniform(1e-10, 1e10), 1 + rng.uniform(-1e-3, 1e-3),
                  2 + rng.uniform(-1e-3, 1e-3)):
            add("logGamma", x, loggamma(mpf(x)))
    for _ in range(150):
        a = log_uniform(1e-3, 1e4)
        x = a * max(1e-3, 1 + rng.gauss(0, 3) / math.sqrt(a))
        lower = gammainc(mpf(a), 0, mpf(x), regularized=True)
        upper = gammainc(mpf(a), mpf(x), mp.inf, regularized=True)
        add("gamma", a, x, lower, upper)
    for _ in range(100):
        a = log_uniform(0.1, 1e3)
        p = rng.choice((rng.random(), log_uniform(1e-10, 1), 1 - log_uniform(1e-10, 1)))
        x = solve(lambda v: gammainc(mpf(a), 0, v, regularized=True),
                  lambda v: exp((a - 1) * log(v) - v - loggamma(mpf(a))), stats.gamma.ppf(p, a), p)
        add("inverseGamma", a, p, x)
    for _ in range(150):
        a, b = log_uniform(1e-2, 1e3), log_uniform(1e-2, 1e3)
        mean = a / (a + b)
        spread = math.sqrt(mean * (1 - mean) / (a + b + 1))
        x = min(max(mean + spread * rng.gauss(0, 3), mean * 1e-3), 1 - (1 - mean) * 1e-3)
        add("beta", a, b, x, beta_lower(a, b, x),
            betainc(mpf(b), mpf(a), 0, 1 - mpf(x), regularized=True))
    for _ in range(100):
        a, b = log_uniform(0.3, 300), log_uniform(0.3, 300)
        p = rng.choice((rng.random(), log_uniform(1e-8, 1), 1 - log_uniform(1e-8, 1)))
        log_beta = loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + b)
        x = solve(lambda v: beta_lower(a, b, v),
                  lambda v: exp((a - 1) * log(v) + (b - 1) * log(1 - v) - log_beta),
                  stats.beta.ppf(p, a, b), p)
        add("inverseBeta", a, b, p, x)
    for _ in range(150):
        df = rng.choice((1, 2, 3, 4, 9, 29, 99, log_uniform(0.5, 1e3)))

        def cdf(t):
            t = mpf(t)
            tail = betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
            return tail if t < 0 else 1 - tail

        def density(t):
            constant = exp(loggamma((mpf(df) + 1) / 2) - loggamma(mpf(df) / 2)) / sqrt(df * mp.pi)
            return constant * (1 + t * t / df) ** (-(mpf(df) + 1) / 2)

        t = rng.choice((rng.gauss(0, 3), -log_uniform(1e-6, 100)))
        add("studentTCDF", df, t, cdf(t))
        p = rng.choice((rng.random(), log_uniform(1e-6, 1), 0.975, 0.5 + rng.uniform(-1e-4, 1e-4)))
        add("studentTQuantile", df, p, solve(cdf, density, stats.t.ppf(p, df), p))
    with open("special.txt", "w", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def log_solve(function, density, start, target):
    """The same for a positive value, in its logarithm, which is nearly straight in the tails."""
    w = log(mpf(start))
    for _ in range(8):
        w -= (function(exp(w)) - target) / (density(exp(w)) * exp(w))
    return exp(w)


def normal_quantile(p):
    return sqrt(mpf(2)) * erfinv(2 * p - 1)


def gamma_quantile(k, p):
    # Where SciPy's start underflows, the first term of the series is all there is.
    start = stats.gamma.ppf(float(p), float(k)) or exp((log(p) + loggamma(k + 1)) / k)
    return log_solve(lambda v: gammainc(k, 0, v, regularized=True),
                     lambda v: exp((k - 1) * log(v) - v - loggamma(k)), start, p)


def beta_quantile(a, b, p):
    log_beta = loggamma(a) + loggamma(b) - loggamma(a + b)

    def density(v):
        return exp((a - 1) * log(v) + (b - 1) * log(1 - v) - log_beta)

    if p <= mpf(1) / 2:
        return log_solve(lambda v: betainc(a, b, 0, v, regularized=True), density,
                         stats.beta.ppf(float(p), float(a), float(b)), p)
    complement = log_solve(lambda v: betainc(b, a, 0, v, regularized=True),
                           lambda v: density(1 - v),
                           stats.beta.ppf(float(1 - p), float(b), float(a)), 1 - p)
    return 1 - complement


def triangular_quantile(a, m, b, p):
    if p * (b - a) <= m - a:
        return a + sqrt(p * (b - a) * (m - a))
    return b - sqrt((1 - p) * (b - a) * (b - m))


def truncated_moments(m, s):
    # Of a normal variable given that it is not negative.
    alpha = -m / s
    hazard = exp(-alpha * alpha / 2) / sqrt(2 * mp.pi) / ncdf(-alpha)
    return m + s * hazard, s * s * (1 + alpha * hazard - hazard * hazard)


def distributions():
    """family, parameters, "|", mean, variance, then pairs of probability and quantile."""
    mp.prec = 200
    probabilities = (2.0 ** -53, 1e-12, 1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999999,
                     1 - 1e-12, 1 - 2.0 ** -53)
    gamma = (lambda k, s: (k * s, k * s * s), lambda k, s, p: s * gamma_quantile(k, p))
    families = {
        "uniform": (((1, 3), (-2, 0.5)), lambda a, b: ((a + b) / 2, (b - a) ** 2 / 12),
                    lambda a, b, p: a + (b - a) * p),
        "triangular": (((1, 2, 5), (0, 0, 1), (2, 7, 7)),
                       lambda a, m, b: ((a + m + b) / 3,
                                        (a * a + m * m + b * b - a * m - a * b - m * b) / 18),
                       triangular_quantile),
        "exponential": (((0.2,), (360,)), lambda m: (m, m * m), lambda m, p: -m * log1p(-p)),
        "erlang": (((1, 5), (2, 6), (40, 0.1)), lambda k, m: gamma[0](k, m / k),
                   lambda k, m, p: gamma[1](k, m / k, p)),
        "gamma": (((0.3, 2), (2.5, 10), (120, 0.05), (0.02, 1)), *gamma),
        "lognormal": (((0, 1), (3.2, 0.15), (-2, 1.7)),
                      lambda m, s: (exp(m + s * s / 2), expm1(s * s) * exp(2 * m + s * s)),
                      lambda m, s, p: exp(m + s * normal_quantile(p))),
        "weibull": (((0.7, 3), (1.5, 10), (8, 2)),
                    lambda k, s: (s * exp(loggamma(1 + 1 / k)),
                                  s * s * (exp(loggamma(1 + 2 / k)) - exp(2 * loggamma(1 + 1 / k)))),
                    lambda k, s, p: s * exp(log(-log1p(-p)) / k)),
        "truncatedNormal": (((6, 2), (0, 1), (-3, 2), (1, 5)), truncated_moments,
                            # From the upper tail, where a negative mean leaves next to nothing below.
                            lambda m, s, p: m - s * normal_quantile((1 - p) * ncdf(m / s))),
        "beta": (((2, 3, 0, 1), (0.6, 1.4, 10, 30), (5, 1, -1, 1), (0.1, 0.2, 0, 1)),
                 lambda a, b, low, high: (low + (high - low) * a / (a + b),
                                          (high - low) ** 2 * a * b / ((a + b) ** 2 * (a + b + 1))),
                 lambda a, b, low, high, p: low + (high - low) * beta_quantile(a, b, p)),
    }
    with open("distributions.txt", "w", newline="\n") as file:
        for name, (rows, moments, quantile) in families.items():
            for parameters in rows:
                exact = [mpf(v) for v in parameters]
                numbers = list(moments(*exact))
                for p in probabilities:
                    numbers += [p, quantile(*exact, mpf(p))]
                file.write("%s %s | %s\n" % (
                    name, " ".join(repr(float(v)) for v in parameters),
                    " ".join(repr(float(v)) for v in numbers)))


def kolmogorov():
    """count, distance, probability of at least that distance (SciPy)."""
    with open("kolmogorov.txt", "w", newline="\n") as file:
        for n in (1, 2, 5, 10, 30, 99, 140, 141, 500, 5000, 100_000):
            for z in (0.3, 0.5, 0.7, 0.8, 1, 1.3, 1.45, 1.7, 2.1, 3):
                distance = z / math.sqrt(n)
                if 0.5 / n < distance < 1:
                    file.write("%d %r %r\n" % (n, distance, float(stats.kstwo.sf(distance, n))))


elementary()
special()
distributions()
kolmogorov()
