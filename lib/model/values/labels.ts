/** The labels of an object, as far as they are known. */
export interface Labels {
  readonly known: ReadonlyMap<string, string>;
  /**
   * There may be other labels that no manifest declares, with any value:
   * those of a namespace declared elsewhere (NP-14), or of a pod that only a rule speaks of.
   */
  readonly open: boolean;
  /** Keys that are there, with values that a controller is yet to choose, such as `pod-template-hash`. */
  readonly withheld?: ReadonlySet<string>;
}

/** Labels of which all are known: a key that is not there is absent. */
export function closedLabels(known: ReadonlyMap<string, string> | Record<string, string>): Labels {
  return { known: toMap(known), open: false };
}

/** Closed labels with some whose values nobody knows yet. */
export function withheldLabels(known: ReadonlyMap<string, string>, withheld: ReadonlySet<string>): Labels {
  // Nearly always nobody gives them: one set then serves all pods of a kind.
  let others: Set<string> | undefined;
  for (const key of withheld) {
    if (!known.has(key)) continue;
    others ??= new Set(withheld);
    others.delete(key);
  }
  const unknown = others ?? withheld;
  return unknown.size === 0 ? closedLabels(known) : { known, open: false, withheld: unknown };
}

/** Labels of which some are known: a key that is not there may exist with any value. */
export function openLabels(known: ReadonlyMap<string, string> | Record<string, string>): Labels {
  return { known: toMap(known), open: true };
}

function toMap(labels: ReadonlyMap<string, string> | Record<string, string>): ReadonlyMap<string, string> {
  return labels instanceof Map ? labels : new Map(Object.entries(labels));
}
