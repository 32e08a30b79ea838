#!/usr/bin/env python3
"""Golden numbers from numpy: the network's forward pass, factor analysis by EM, the likelihoods, the
loss of a record with its gradient (by complex steps: no derivative is written down here), a window,
p-values, and volumes under range curves.

Run once: python3 golden.py > golden.csv. Inputs are made by formula, so that both sides can make
them; the formulas stand again in the tests that read them. Written row by row and step by step as in the
papers, not as the Java does it (which sums complete rows as moments).
"""
import math

import numpy as np


def wave(n, a, b):
    return np.array([a * np.sin(1 + b * i) for i in range(n)])


def emit(name, values):
    for i, v in enumerate(np.ravel(values)):
        print("%s,%d,%.17g" % (name, i, v))


def silu(a):
    return a / (1 + np.exp(-a))


def network(prefix, layers):
    """D = 5 inputs in H = 5 heads of width 1, L = 2, h = 3; parameters in the order of Shape.
    Layers above a branch's first add to it what they make of it (He et al. 2016, figure 2)."""
    d, heads, latent, hidden = 5, 5, 2, 3
    sizes = [(d, latent), (latent,), (latent,), (latent, d), (d,), (d,), (d + heads, hidden),
             (hidden,), (hidden, latent), (hidden, latent), (latent, hidden), (hidden,), (hidden, d)]
    sizes += [(hidden, hidden), (hidden,)] * 2 * (layers - 1)
    flat = wave(sum(int(np.prod(s)) for s in sizes), 0.6, 0.7)
    parts, at = [], 0
    for s in sizes:
        n = int(np.prod(s))
        parts.append(flat[at:at + n].reshape(s))
        at += n
    ws, bm, bl, wd, b3, _, u1, c1, vm, vl, u2, c2, v3 = parts[:13]
    tower = [parts[i:i + 2] for i in range(13, len(parts), 2)]
    encode, decode = tower[:layers - 1], tower[layers - 1:]
    for row in range(3):
        x = wave(d, 1.5, 0.9 + row)
        m = np.ones(d)
        m[row] = 0
        u = np.concatenate([x * m, m - 1])
        a = silu(u @ u1 + c1)
        for q, c in encode:
            a = a + silu(a @ q + c)
        mean = (x * m) @ ws + bm + a @ vm
        log_var = np.clip(bl + a @ vl, -10, 4)
        g = silu(mean @ u2 + c2)
        for q, c in decode:
            g = g + silu(g @ q + c)
        eta = mean @ wd + b3 + g @ v3
        emit("%smean%d" % (prefix, row), mean)
        emit("%slogvar%d" % (prefix, row), log_var)
        emit("%seta%d" % (prefix, row), eta)


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

def log_sum_exp(eta):
    top = max(e.real for e in np.atleast_1d(eta))
    return top + np.log(np.sum(np.exp(eta - top)))


def gaussian(eta, x, psi):
    return np.log(2 * np.pi * psi) / 2 + (eta - x) ** 2 / (2 * psi)


def student_t(eta, x, psi, nu=4.0):
    return ((nu + 1) / 2 * np.log(1 + (eta - x) ** 2 / (nu * psi)) + np.log(math.pi * nu * psi) / 2
            + math.lgamma(nu / 2) - math.lgamma((nu + 1) / 2))


def bernoulli(eta, x, psi):
    return -(x * np.log(1 / (1 + np.exp(-eta))) + (1 - x) * np.log(1 - 1 / (1 + np.exp(-eta))))


def poisson(eta, x, psi):
    """The quasi-likelihood of an overdispersed count."""
    return (np.exp(eta) - x * eta + math.lgamma(x + 1)) / psi


def negative_binomial(rate, x, psi):
    """Of mean rate and variance psi rate."""
    r = rate / (psi - 1)
    return -(math.lgamma(x + r) - math.lgamma(r) - math.lgamma(x + 1)
             - r * math.log(psi) + x * math.log(1 - 1 / psi))


def likelihoods():
    emit("gaussian", [gaussian(0.3, -1.1, 0.4)])
    emit("student_t", [student_t(0.3, -1.1, 0.4), student_t(0.3, 25.0, 0.4)])
    emit("bernoulli", [bernoulli(0.7, 1, 1), bernoulli(0.7, 0, 1), bernoulli(-3.2, 1, 1)])
    emit("poisson", [poisson(1.2, x, psi) for x in (0, 3, 40) for psi in (1.0, 2.5)])
    emit("counted", [negative_binomial(math.exp(1.2), x, psi) for x in (0, 3, 40) for psi in (1.7, 9.0)])
    eta = np.array([0.3, -1.2, 2.2, 0.1])
    emit("categorical", [log_sum_exp(eta) - eta[c] for c in range(4)])


def elbo(quantity):
    """Minus the bound of one record of mixed heads, at one draw of z, and its gradient.

    Heads: quantity at 0, flag at 1, count at 2, category of 4 at 3, quantity at 7; D = 8, H = 5,
    L = 2, h = 3. The flag is missing, the second quantity hidden from the encoder but scored.
    """
    d, heads, latent, hidden = 8, 5, 2, 3
    sizes = [(d, latent), (latent,), (latent,), (latent, d), (d,), (d,), (d + heads, hidden),
             (hidden,), (hidden, latent), (hidden, latent), (latent, hidden), (hidden,), (hidden, d)]
    x = wave(d, 0.8, 0.6)
    target = np.array([x[0], 1, 3, 2, 0, 0, 0, x[7]])
    seen = np.array([1.0, 0, 1, 1, 0])
    wide = np.array([1.0, 0, 1, 1, 1, 1, 1, 0])
    noise = np.array([0.4, -1.3])

    def loss(flat):
        parts, at = [], 0
        for s in sizes:
            n = int(np.prod(s))
            parts.append(flat[at:at + n].reshape(s))
            at += n
        ws, bm, bl, wd, b3, log_sd, u1, c1, vm, vl, u2, c2, v3 = parts
        u = np.concatenate([x * wide, seen - 1])
        a = silu(u @ u1 + c1)
        mean = (x * wide) @ ws + bm + a @ vm
        log_var = bl + a @ vl
        z = mean + np.exp(log_var / 2) * noise
        eta = z @ wd + b3 + silu(z @ u2 + c2) @ v3
        psi = np.exp(2 * log_sd)
        kl = np.sum(mean ** 2 + np.exp(log_var) - 1 - log_var) / 2
        return (kl + quantity(eta[0], target[0], psi[0]) + poisson(eta[2], 3, psi[2].real)
                + log_sum_exp(eta[3:7]) - eta[5] + quantity(eta[7], target[7], psi[7]))

    flat = wave(sum(int(np.prod(s)) for s in sizes), 0.4, 0.7).astype(complex)
    gradient = np.zeros(len(flat))
    for i in range(len(flat)):
        step = flat.copy()
        step[i] += 1e-30j
        gradient[i] = loss(step).imag / 1e-30
    emit(quantity.__name__ + "_elbo", [loss(flat).real])
    emit(quantity.__name__ + "_gradient", gradient)


def window():
    """Two fields, 32 records, blocks of 1 and 4, three lags; deviations beyond 2 by their logarithm."""
    x = np.array([[3 * np.sin(1 + 0.3 * t), 50 + 20 * np.cos(0.1 * t * t)] for t in range(32)])
    x[20, 1] = np.nan
    z = (x - [0.5, 45.0]) / [0.8, 12.0]
    z = np.where(np.abs(z) <= 2, z, np.sign(z) * (2 + np.log(1 + np.maximum(np.abs(z) - 2, 0))))
    z = np.nan_to_num(z)
    cells = []
    for scale in (1, 4):
        for lag in range(3):
            end = 32 - lag * scale
            cells.extend(z[end - scale:end].mean(axis=0))
    emit("window", cells)


def probabilities():
    """Rank among 300 scores; beyond the largest 15 a generalised Pareto tail, drawn to shape .1."""
    scores = np.sort(10 + 1 / np.sqrt(np.arange(1, 301) * 0.6180339887498949 % 1))
    n, j = 300, 15
    u = scores[n - j - 1]
    excess = np.minimum(scores[n - j:] - u, 30 * (scores[n - j + j // 2] - u))
    a0 = excess.mean()
    a1 = np.mean(excess * (1 - (np.arange(1, j + 1) - 0.35) / j))
    xi = 2 - a0 / (a0 - 2 * a1)
    xi = (j * min(1, max(-0.5, xi)) + 30 * 0.1) / (j + 30)
    xi = min(0.9, max(0, xi))
    sigma = max(a0 * (1 - xi), 0.1)
    for k, s in enumerate((8.0, 11.5, 12.5, u + 0.5, u + 3, u + 40)):
        reached = np.sum(scores >= s)
        rank = (1 + reached) / (n + 1)
        tail = (j + 1) / (n + 1) * (1 + xi * (s - u) / sigma) ** (-1 / xi) if s > u else rank
        print("p,%d,%.17g" % (k, rank if s <= u else max(tail, rank) if reached >= 10 else tail))
    emit("u", [u])


def volumes():
    """Areas under range curves for buffers of 0, 7 and 100, and their mean over 0 to 100, threshold by
    threshold as in Paparrizos et al. 2022: soft labels, and the share of widened stretches noticed."""
    n = 400
    score = np.array([np.sin(1 + 0.37 * i) + 0.3 * np.sin(1 + 2.3 * i) for i in range(n)])
    label = np.array([1.0 if 40 <= i < 47 or 52 <= i < 53 or 180 <= i < 240 or i >= 390 else 0 for i in range(n)])
    score += 0.8 * label
    edges = [(40, 46), (52, 52), (180, 239), (390, 399)]
    descending = sorted(score, reverse=True)
    thresholds = [descending[k * (n - 1) // 249] for k in range(250)]
    pr, roc = [], []
    for buffer in range(101):
        reach = buffer // 2
        soft = label.copy()
        widened = np.zeros(n, bool)
        for i in range(n):
            for a, b in edges:
                d = max(a - i, i - b, 0)
                if 0 < d <= reach:
                    soft[i] += math.sqrt(1 - d / buffer)
                widened[i] |= d <= reach
        soft = np.minimum(soft, 1)
        # Widened stretches that touch are one: the largest score of each.
        tops, top = [], None
        for i in range(n + 1):
            inside = i < n and widened[i]
            if inside:
                top = score[i] if top is None else max(top, score[i])
            elif top is not None:
                tops.append(top)
                top = None
        x, y, area = [0.0], [0.0], 0.0
        for t in thresholds:
            flagged = score >= t
            caught = soft[flagged].sum()
            wanted = label.sum() + soft[flagged & (label == 0)].sum() / 2
            recall = min(1, caught / wanted) * sum(m >= t for m in tops) / len(tops)
            area += (recall - y[-1]) * caught / flagged.sum()
            x.append((flagged.sum() - caught) / (n - wanted))
            y.append(recall)
        x.append(1.0)
        y.append(1.0)
        pr.append(area)
        roc.append(sum((b - a) * (c + d) / 2 for a, b, c, d in zip(x, x[1:], y, y[1:])))
    emit("range_pr", [pr[0], pr[7], pr[100], np.mean(pr)])
    emit("range_roc", [roc[0], roc[7], roc[100], np.mean(roc)])


network("", 1)
network("deep_", 3)
factor_analysis("complete", False)
factor_analysis("holed", True)
likelihoods()
elbo(gaussian)
elbo(student_t)
window()
probabilities()
volumes()
