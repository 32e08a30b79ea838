#!/usr/bin/env python3
"""Golden numbers for the network's forward pass and for factor analysis by EM, from numpy.

Run once: python3 golden.py > golden.csv. Inputs are made by formula, so that both sides can make
them; the formulas stand again in GoldenNumbersTest. Written row by row and step by step as in the
papers, not as the Java does it (which sums complete rows as moments).
"""
import numpy as np


def wave(n, a, b):
    return np.array([a * np.sin(1 + b * i) for i in range(n)])


def emit(name, values):
    for i, v in enumerate(np.ravel(values)):
        print("%s,%d,%.17g" % (name, i, v))


def silu(a):
    return a / (1 + np.exp(-a))


def network():
    """D = 5 inputs in H = 5 heads of width 1, L = 2, h = 3; parameters in the order of Shape."""
    d, heads, latent, hidden = 5, 5, 2, 3
    sizes = [(d, latent), (latent,), (latent,), (latent, d), (d,), (d,), (d + heads, hidden),
             (hidden,), (hidden, latent), (hidden, latent), (latent, hidden), (hidden,), (hidden, d)]
    flat = wave(sum(int(np.prod(s)) for s in sizes), 0.6, 0.7)
    parts, at = [], 0
    for s in sizes:
        n = int(np.prod(s))
        parts.append(flat[at:at + n].reshape(s))
        at += n
    ws, bm, bl, wd, b3, _, u1, c1, vm, vl, u2, c2, v3 = parts
    for row in range(3):
        x = wave(d, 1.5, 0.9 + row)
        m = np.ones(d)
        m[row] = 0
        u = np.concatenate([x * m, m - 1])
        a = silu(u @ u1 + c1)
        mean = (x * m) @ ws + bm + a @ vm
        log_var = np.clip(bl + a @ vl, -10, 4)
        g = silu(mean @ u2 + c2)
        eta = mean @ wd + b3 + g @ v3
        emit("mean%d" % row, mean)
        emit("logvar%d" % row, log_var)
        emit("eta%d" % row, eta)


def factor_analysis(name, hole):
    """d = 4, L = 2, 40 rows; PPCA start from the pairwise covariance, then 15 steps of EM."""
    d, latent, rows, floor = 4, 2, 40, 0.01
    x = np.array([[np.sin(0.7 * r + j) + 0.5 * np.cos(1.9 * r * (j + 1)) + 0.1 * j for j in range(d)]
                  for r in range(rows)])
    m = np.array([[0.0 if hole and (3 * r + j) % 7 == 0 else 1.0 for j in range(d)] for r in range(rows)])
    b = (x * m).sum(0) / m.sum(0)
    xc = (x - b) * m
    cov = (xc.T @ xc) / (m.T @ m)
    lam, vec = np.linalg.eigh(cov)
    lam, vec = lam[::-1], vec[:, ::-1]
    noise = max(np.maximum(lam[latent:], 0).mean(), floor)
    w = vec[:, :latent] * np.sqrt(np.maximum(lam[:latent] - noise, 1e-4))
    psi = np.full(d, noise)
    for _ in range(15):
        means, seconds = np.zeros((rows, latent)), np.zeros((rows, latent, latent))
        for n in range(rows):
            o = m[n] > 0
            g = np.linalg.inv(np.eye(latent) + (w[o].T / psi[o]) @ w[o])
            means[n] = g @ (w[o].T / psi[o]) @ (x[n, o] - b[o])
            seconds[n] = g + np.outer(means[n], means[n])
        new_w, new_psi, new_b = w.copy(), psi.copy(), b.copy()
        for j in range(d):
            o = m[:, j] > 0
            cross = ((x[o, j] - b[j])[:, None] * means[o]).sum(0)
            second = seconds[o].sum(0) + 1e-9 * o.sum() * np.eye(latent)
            new_w[j] = np.linalg.solve(second, cross)
            square = ((x[o, j] - b[j]) ** 2).sum()
            new_psi[j] = max((square - 2 * new_w[j] @ cross + new_w[j] @ seconds[o].sum(0) @ new_w[j])
                             / o.sum(), floor)
            new_b[j] = (x[o, j] - means[o] @ w[j]).mean()
        w, psi, b = new_w, new_psi, new_b
    emit(name + "_covariance", w @ w.T + np.diag(psi))
    emit(name + "_mean", b)
    emit(name + "_psi", psi)


network()
factor_analysis("complete", False)
factor_analysis("holed", True)
