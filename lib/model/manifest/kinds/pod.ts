import { address } from '../reader/network';
import { andThen, list, optional, optionalText, part, type Reader } from '../reader/reader';
import { anything, oneOf } from '../reader/scalars';
import type { PodResource } from '../resources';
import { kind } from './kind';
import { podSpec } from './pod-spec';

const PHASES: readonly NonNullable<PodResource['phase']>[] = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

/** SVC-04: a pod that is being deleted, from the metadata. */
const isTerminating: Reader<boolean> = (metadata) => !metadata.at('deletionTimestamp').isAbsent;

/** SVC-04: the Ready condition, where the status tells of it. */
const ready = andThen(list(part({ type: anything, status: anything })), (conditions) => {
  const condition = conditions.find(({ type }) => type === 'Ready');
  return condition && condition.status === 'True';
});

const status = andThen(
  part({
    phase: optionalText(oneOf('a pod phase', PHASES)),
    podIP: optionalText(address),
    podIPs: list(part({ ip: address })),
    conditions: ready,
  }),
  ({ phase, podIP, podIPs, conditions }) => ({
    phase,
    ready: conditions,
    addresses: podIPs.length > 0 ? podIPs.map(({ ip }) => ip) : podIP === undefined ? [] : [podIP],
  }),
);

const body = part({ metadata: isTerminating, spec: podSpec, status: optional(status) });

export const podKind = kind({
  kind: 'Pod',
  apiVersions: ['v1'],
  body,
  make: ({ metadata: terminating, spec, status }, base) => ({
    type: 'pod',
    template: { labels: base.labels, ...spec },
    phase: status?.phase,
    addresses: status?.addresses ?? [],
    ready: status?.ready,
    terminating,
  }),
});
