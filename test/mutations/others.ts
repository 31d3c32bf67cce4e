import { added, type Mutation, NAMESPACE, originalsOf } from './mutation';

/** The Namespace object itself: its name is a label that everybody knows without it (NP-14). */
export function namespaceMutations(): readonly Mutation[] {
  return originalsOf<unknown>('Namespace').flatMap((namespace) => [
    namespace.removed('delete the Namespace'),
    namespace.changed('label the Namespace', '', ({ metadata }) => {
      metadata.labels = { team: 'shop' };
    }),
    namespace.changed('rename the Namespace', '', ({ metadata }) => {
      metadata.name = 'elsewhere';
    }),
  ]);
}

/** One more policy for an app, which opens too much: policies only add (NP-04). */
export function openingPolicies(): readonly Mutation[] {
  return originalsOf<unknown>('Deployment').flatMap(({ app }) =>
    (['ingress', 'egress'] as const).map((direction) =>
      added(`add a policy that opens all ${direction}`, app, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'open', namespace: NAMESPACE },
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/name': app } },
          policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
          [direction]: [{}],
        },
      }),
    ),
  );
}
