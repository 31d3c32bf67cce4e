import { type Draft, type Mutation, misspeltLabels, type Original, originalsOf } from './mutation';
import { dialledFor } from './services';

interface Selector {
  matchLabels?: Record<string, string>;
}

interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
}

interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: number; endPort?: number; protocol?: string }[];
}

interface PolicySpec {
  podSelector: Selector;
  policyTypes: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

type Policy = Original<PolicySpec>;

const DIRECTIONS = ['ingress', 'egress'] as const;

/** Every policy, every rule of it, every peer and every port, changed in every way in which authors get them wrong. */
export function policyMutations(): readonly Mutation[] {
  return originalsOf<PolicySpec>('NetworkPolicy').flatMap((policy) => [
    ...ofWhole(policy),
    ...DIRECTIONS.flatMap((direction) =>
      (policy.spec[direction] ?? []).flatMap((rule, i) => [
        ...ofRule(policy, direction, i),
        ...ofPeers(policy, direction, i, rule),
        ...ofPorts(policy, direction, i, rule),
      ]),
    ),
  ]);
}

function ofWhole(policy: Policy): readonly Mutation[] {
  const { podSelector, policyTypes } = policy.spec;
  const { matchLabels } = podSelector;
  return [
    policy.removed('delete the policy'),
    policy.changed('move it to another namespace', '', ({ metadata }) => {
      metadata.namespace = 'elsewhere';
    }),
    ...policyTypes.map((type) =>
      policy.changed('drop a policy type', type, ({ spec }) => {
        spec.policyTypes = policyTypes.filter((each) => each !== type);
      }),
    ),
    ...(matchLabels
      ? [
          policy.changed('empty the podSelector', '', ({ spec }) => {
            spec.podSelector = {};
          }),
          ...(['value', 'key'] as const).map((part) =>
            policy.changed(`misspell a ${part} of the podSelector`, '', ({ spec }) => {
              spec.podSelector = { matchLabels: misspeltLabels(matchLabels, part) };
            }),
          ),
        ]
      : []),
  ];
}

type Direction = (typeof DIRECTIONS)[number];

function ofRule(policy: Policy, direction: Direction, i: number): readonly Mutation[] {
  const peers = direction === 'ingress' ? 'from' : 'to';
  const changed = (kind: string, change: (rule: Rule, spec: PolicySpec) => void) =>
    policy.changed(kind, `${direction} ${i}`, ({ spec }: Draft<PolicySpec>) => change(spec[direction]![i], spec));
  return [
    changed('drop a rule', (_, spec) => {
      spec[direction]!.splice(i, 1);
    }),
    changed('open every port of a rule', (rule) => {
      rule.ports = undefined;
    }),
    ...(policy.spec[direction]![i][peers]
      ? [
          changed('open a rule to everybody', (rule) => {
            rule[peers] = undefined;
          }),
        ]
      : []),
  ];
}

function ofPeers(policy: Policy, direction: Direction, i: number, rule: Rule): readonly Mutation[] {
  const key = direction === 'ingress' ? 'from' : 'to';
  const peers = rule[key] ?? [];
  return peers.flatMap((peer, j) => {
    const changed = (kind: string, change: (peers: Peer[]) => void) =>
      policy.changed(kind, `${direction} ${i} peer ${j}`, ({ spec }) => change(spec[direction]![i][key]!));
    const { matchLabels } = peer.podSelector!;
    return [
      ...(peers.length > 1 ? [changed('drop a peer', (all) => void all.splice(j, 1))] : []),
      ...(['value', 'key'] as const).map((part) =>
        changed(`misspell a ${part} of a peer`, (all) => {
          all[j].podSelector = { matchLabels: misspeltLabels(matchLabels!, part) };
        }),
      ),
      // To whom a lookup goes no promise says: it is left out of them (DNS-29).
      ...(peer.namespaceSelector
        ? []
        : [
            changed('widen a peer to its namespace', (all) => {
              all[j].podSelector = {};
            }),
          ]),
      changed('widen a peer to all namespaces', (all) => {
        all[j] = { namespaceSelector: {} };
      }),
      ...(peer.namespaceSelector
        ? [
            changed('drop a namespaceSelector', (all) => {
              all[j].namespaceSelector = undefined;
            }),
            changed('misspell a namespaceSelector', (all) => {
              const labels = peer.namespaceSelector!.matchLabels!;
              all[j].namespaceSelector = { matchLabels: misspeltLabels(labels, 'value') };
            }),
          ]
        : []),
    ];
  });
}

function ofPorts(policy: Policy, direction: Direction, i: number, rule: Rule): readonly Mutation[] {
  const ports = rule.ports ?? [];
  return ports.flatMap(({ port, protocol }, j) => {
    const changed = (kind: string, change: (all: NonNullable<Rule['ports']>) => void) =>
      policy.changed(kind, `${direction} ${i} port ${j}`, ({ spec }) => change(spec[direction]![i].ports!));
    const servicePort = dialledFor(port!);
    return [
      ...(ports.length > 1 ? [changed('drop a port', (all) => void all.splice(j, 1))] : []),
      changed('change a port to the next', (all) => {
        all[j].port = port! + 1;
      }),
      changed('end a range of ports before it begins', (all) => {
        all[j].endPort = port! - 1;
      }),
      changed('change the protocol of a port', (all) => {
        all[j].protocol = protocol === 'UDP' ? 'TCP' : 'UDP';
      }),
      ...(servicePort
        ? [
            changed('change a port to the port of the Service', (all) => {
              all[j].port = servicePort;
            }),
          ]
        : []),
    ];
  });
}
