import type { DirectionExposure, ExposedTo } from '../../model/reach/exposure';
import type { ToldExposure } from './told';

/** One document, a line a workload. See `schemas/exposure.schema.json`. */
export function* exposureJson(exposures: readonly ToldExposure[]): Iterable<string> {
  yield '{"exposure":[';
  for (const [i, { workload, ingress, egress, doors, open }] of exposures.entries()) {
    const perhaps = open.length > 0 ? { open } : {};
    const line = { workload, ingress: directionJson(ingress), egress: directionJson(egress), doors, ...perhaps };
    yield `${JSON.stringify(line)}${i < exposures.length - 1 ? ',' : ''}`;
  }
  yield ']}';
}

function directionJson({ isUnprotected, strangers, outside }: DirectionExposure): object {
  return {
    unprotected: isUnprotected,
    strangers: strangers.map(({ who, like, ...passing }) => ({ who, ...passingJson(passing), like })),
    outside: outside.map(({ addresses, ...passing }) => ({ addresses: `${addresses}`, ...passingJson(passing) })),
  };
}

/** A part is absent where nothing belongs to it. */
function passingJson({ traffic, unknown }: Pick<ExposedTo, 'traffic' | 'unknown'>): object {
  return {
    conn: traffic.isEmpty ? undefined : `${traffic}`,
    unknown: unknown.isEmpty ? undefined : `${unknown}`,
  };
}
