/** The same function, which works out each answer once: who is asked about a few things asks again and again. */
export function remembered<Q, T>(answer: (asked: Q) => T): (asked: Q) => T {
  const known = new Map<Q, T>();
  return (asked) => {
    let found = known.get(asked);
    if (found === undefined && !known.has(asked)) {
      found = answer(asked);
      known.set(asked, found);
    }
    return found!;
  };
}

/** Likewise, for as long as somebody has what was asked about. */
export function rememberedOf<Q extends object, T>(answer: (asked: Q) => T): (asked: Q) => T {
  const known = new WeakMap<Q, { readonly answer: T }>();
  return (asked) => {
    let found = known.get(asked);
    if (!found) {
      found = { answer: answer(asked) };
      known.set(asked, found);
    }
    return found.answer;
  };
}
