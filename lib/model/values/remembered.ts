/** The same function, which works out each answer once: who is asked about a few things asks again and again. */
export function remembered<Q, T>(answer: (asked: Q) => T): (asked: Q) => T {
  const known = new Map<Q, T>();
  return (asked) => {
    if (!known.has(asked)) known.set(asked, answer(asked));
    return known.get(asked)!;
  };
}
