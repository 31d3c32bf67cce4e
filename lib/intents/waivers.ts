import type { Lint } from '../model/finding/lint';
import type { Origin } from '../model/finding/origin';

/** A fact that nobody can read from manifests, stated by somebody who knows. Whatever it is about is listed in every report. */
export interface Assumption {
  /** The rule whose doubt it answers, e.g. `NP-17`; `NetworkPolicy`: that something on the cluster enforces them. */
  readonly fact: string;
  readonly because: string;
  /** Path of the construct below which it is assumed; empty for all of the app. */
  readonly scope: string;
}

/** A finding that somebody knows of and takes responsibility for. */
export interface Acknowledgement {
  /** `PTL904[shop#2]` for one finding, `PTL904` for all of the code. */
  readonly id: string;
  readonly reason: string;
  /** Path of the construct below which it counts; empty for all of the app. */
  readonly scope: string;
}

/** NP-37: that a controller which the profile does not know enforces policies. */
export const ENFORCED = 'NetworkPolicy';

/** NP-37: lints without those about policies that something is assumed to read, and by which assumptions. */
export function withoutPresumed(
  lints: readonly Lint[],
  assumptions: readonly Assumption[],
): { readonly lints: readonly Lint[]; readonly by: readonly Assumption[] } {
  const enforced = assumptions.filter(({ fact }) => fact === ENFORCED);
  if (enforced.length === 0) return { lints, by: [] };
  const by = new Set<Assumption>();
  const isPresumed = ({ origin }: { readonly origin: Origin }) => {
    const own = enforced.filter(({ scope }) => isBelow(origin.construct, scope));
    for (const assumption of own) by.add(assumption);
    return own.length > 0;
  };
  const rest = lints.flatMap((lint): readonly Lint[] => {
    if (lint.code !== 'PTL301') return [lint];
    const inert = lint.inert.filter((policy) => !isPresumed(policy));
    return inert.length === 0 ? [] : [{ ...lint, inert }];
  });
  return { lints: rest, by: [...by] };
}

/** Whether a construct is the scope or lies below it. */
export function isBelow(path: string | undefined, scope: string): boolean {
  return scope === '' || path === scope || path?.startsWith(`${scope}/`) === true;
}

/** The acknowledgement of a finding, if there is one. */
function acknowledging(
  finding: { readonly code: string; readonly id: string },
  path: string | undefined,
  acknowledgements: readonly Acknowledgement[],
): Acknowledgement | undefined {
  return acknowledgements.find(({ id, scope }) => (id === finding.id || id === finding.code) && isBelow(path, scope));
}

/** What was acknowledged, by whom. */
export interface Acknowledged {
  readonly code: string;
  /** E.g. `PTL104[shop#2]`, `PTL230[shop/api]`. */
  readonly id: string;
  readonly by: Acknowledgement;
}

interface Waivable {
  /** Whose promise it is tells who may waive it, not whose object broke it. */
  readonly intent?: { readonly origin: Origin };
  readonly origin?: Origin;
}

/** Parts findings into those that somebody answers for and the rest. */
export function acknowledgedOf<T extends Waivable>(
  found: readonly T[],
  idOf: (one: T) => string,
  acknowledgements: readonly Acknowledgement[],
): { readonly acknowledged: readonly Acknowledged[]; readonly rest: readonly T[] } {
  if (acknowledgements.length === 0) return { acknowledged: [], rest: found };
  const acknowledged: Acknowledged[] = [];
  const rest = found.filter((one) => {
    const id = idOf(one);
    const code = id.slice(0, id.indexOf('['));
    const path = (one.intent?.origin ?? one.origin)?.construct;
    const by = acknowledging({ code, id }, path, acknowledgements);
    if (by) acknowledged.push({ code, id, by });
    return by === undefined;
  });
  return { acknowledged, rest };
}

/** By which a lint is acknowledged: the code and the object, e.g. `PTL230[shop/api]`. */
export function lintId({ code, object }: Lint): string {
  return `${code}[${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}]`;
}

/** Whether a text is a fact that can be assumed: a rule by its number, or what an assumption knows by name. */
export function isFact(text: string): boolean {
  return /^(?:NetworkPolicy|PTL302|(?:NP|SVC|DNS|ING|GW|NET)-\d{2})$/.test(text);
}

/** Whether a text is the id of a finding or its code; input that can't be understood nobody can answer for. */
export function isFindingId(text: string): boolean {
  return /^PTL[1-9]\d{2}(\[.+\])?$/.test(text);
}
