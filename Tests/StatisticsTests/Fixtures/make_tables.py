"""Writes Sources/Statistics/ElementaryTables.swift: the tables behind exponential and naturalLogarithm.

Run from the root of the package: python3 Tests/StatisticsTests/Fixtures/make_tables.py
"""
import struct

from mpmath import mp, mpf, exp, floor, log, nint

mp.prec = 300
SIZE = 128


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", float(value)))[0]


def number(value):
    return repr(float(value))


out = []
w = out.append
w("// Made by Tests/StatisticsTests/Fixtures/make_tables.py with mpmath; not edited by hand.")
w("")
w("/// 2^(i/128) for i in 0..<128 as pairs: the relative part that rounding cut off, and the bit")
w("/// pattern of the rounded value less `i << 45`, so that adding `k << 45` scales by 2^(k/128).")
w("let exponentialTable: [UInt64] = [")
for i in range(SIZE):
    value = mpf(2) ** (mpf(i) / SIZE)
    rounded = mpf(float(value))
    tail = value / rounded - 1
    w("  0x%016x, 0x%016x," % (bits(tail), (bits(rounded) - (i << 45)) % 2**64))
w("]")
w("")
w("/// For each 1/128 of a binade of z in [0.6875, 1.375): 1/c rounded to 20 bits, and -log of it")
w("/// as a multiple of 2^-43 plus the rest; c is near the middle, and 1 next to z = 1.")
w("let logarithmTable: [Double] = [")
OFFSET = 0x3FE6000000000000
for i in range(SIZE):
    low = struct.unpack("<d", struct.pack("<Q", OFFSET + (i << 45)))[0]
    high = struct.unpack("<d", struct.pack("<Q", OFFSET + ((i + 1) << 45)))[0]
    if low == 1 or high == 1:
        inverse = mpf(1)
    else:
        inverse = nint(2 / (mpf(low) + mpf(high)) * 2**19) / 2**19
    value = -log(inverse)
    head = nint(value * 2**43) / 2**43
    w("  %s, %s, %s," % (number(inverse), number(head), number(value - head)))
w("]")
w("")
ln2 = log(mpf(2))
head = floor(ln2 * 2**42) / 2**42
w("/// log 2 as a multiple of 2^-42 (so that k times it is exact for |k| < 2^11) plus the rest.")
w("let log2Head = %s" % number(head))
w("let log2Tail = %s" % number(ln2 - head))
step = ln2 / SIZE
head = floor(step * 2**42) / 2**42
w("/// log 2 / 128 as a multiple of 2^-42 (k times it is exact for |k| < 2^18) plus the rest.")
w("let log2StepHead = %s" % number(head))
w("let log2StepTail = %s" % number(step - head))
w("/// 128 / log 2.")
w("let log2StepsPerUnit = %s" % number(SIZE / ln2))
with open("Sources/Statistics/ElementaryTables.swift", "w", newline="\n") as file:
    file.write("\n".join(out) + "\n")
