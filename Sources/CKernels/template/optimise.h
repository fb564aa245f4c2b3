// One step of Adam (Kingma and Ba 2015, algorithm 1) in one pass:
//   m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  p = p - rate (m / c1) / (sqrt(v / c2) + epsilon)
// out.data: the parameters p; a.data: the gradient g; b.data: m; c.data: v; columns: how many.
// The settings {rate, b1, b2, epsilon, c1, c2} are six REALs at `depth`, a pointer, so that a program may change them.

static void N(adam)(const ck_call *call) {
    REAL *p = call->out.data, *m = call->b.data, *v = call->c.data;
    const REAL *g = call->a.data, *settings = (const REAL *)(intptr_t)call->depth;
    REAL rate = settings[0], b1 = settings[1], b2 = settings[2], epsilon = settings[3];
    REAL scale = rate / settings[4], c2 = 1 / settings[5];
    for (int64_t i = 0; i < call->columns; i++) {
        m[i] = b1 * m[i] + (1 - b1) * g[i];
        v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
        p[i] -= scale * m[i] / (LIBM(__builtin_sqrt)(v[i] * c2) + epsilon);
    }
}
