import type { ClusterProfile } from '../model/cluster/profile';
import type { Resource } from '../model/manifest/resources';
import { type CheckReport, checkParsed, type Promised } from './check';
import type { Finding } from './finding';
import type { Intent } from './intent';
import { networkFor } from './judge';
import { promiseText } from './promise-text';

/** A network that an app is judged on, by the name that its asker has for it. */
export interface NamedProfile {
  readonly name: string;
  readonly profile: ClusterProfile;
}

/** One app on several networks. */
export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixColumn {
  readonly name: string;
  readonly cni: string;
  readonly report: CheckReport;
}

/** What becomes of one promise on each network. */
export interface MatrixRow {
  readonly intent: Intent;
  /** As its author could have written it. */
  readonly promise: string;
  /** In the order of the columns. */
  readonly outcomes: readonly MatrixOutcome[];
}

/** `acknowledged`: it does not hold, and somebody answers for that. `codes`: of all that is wrong with it; none where it is kept. */
export interface MatrixOutcome {
  readonly outcome: 'kept' | 'broken' | 'unknown' | 'acknowledged';
  readonly codes: readonly string[];
}

/** Judges the same promises of the same objects on several networks. */
export function matrixOf(
  promised: Promised,
  resources: readonly Resource[],
  networks: readonly NamedProfile[],
): Matrix {
  const { intents } = promised;
  const columns = networks.map(({ name, profile }) => {
    const report = checkParsed(promised, resources, profile);
    return { name, cni: report.cni, report };
  });
  if (networks.length === 0 || intents.length === 0) return { columns, rows: [] };
  const { cluster } = networkFor(resources, networks[networks.length - 1].profile, intents);
  const outcomes = columns.map(({ report }) => outcomesIn(report));
  const rows = intents.map((intent) => ({
    intent,
    promise: promiseText(intent, cluster),
    outcomes: outcomes.map((outcomeOf) => outcomeOf(intent)),
  }));
  return { columns, rows };
}

function outcomesIn({ findings, acknowledged }: CheckReport): (intent: Intent) => MatrixOutcome {
  const found = new Map<Intent, Finding[]>();
  for (const finding of findings) {
    for (const intent of [finding.intent, ...finding.also]) found.set(intent, [...(found.get(intent) ?? []), finding]);
  }
  return (intent) => {
    const own = found.get(intent) ?? [];
    const codes = [...new Set(own.map(({ code }) => code))].sort();
    if (own.length > 0) return { outcome: own.every(isUndecided) ? 'unknown' : 'broken', codes };
    const known = acknowledged.filter(({ code, id }) => id === `${code}[${intent.id}]`).map(({ code }) => code);
    return { outcome: known.length > 0 ? 'acknowledged' : 'kept', codes: [...new Set(known)].sort() };
  };
}

/** Whether nobody can know: nothing of it is surely broken. */
export function isUndecided({ code }: Finding): boolean {
  return code === 'PTL904' || code === 'PTL302';
}
