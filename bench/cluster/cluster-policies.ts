import { object } from './objects';
import { METRICS, type Team } from './shape';

/** What administrators add to the policies of teams: a few for all, and one for every tenth team. */
export function clusterPolicies(teams: readonly Team[]): object[] {
  const names = [...new Set(teams.map(({ name }) => name))];
  return [
    admin('metadata-service', 10, {
      subject: { namespaces: {} },
      egress: [{ name: 'no-credentials', action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }] }],
    }),
    admin('scraping', 20, {
      subject: { namespaces: {} },
      ingress: [{ action: 'Accept', from: [namespaces('kubernetes.io/metadata.name', 'monitoring')], protocols }],
    }),
    admin('production', 30, {
      subject: { namespaces: { matchLabels: { env: 'prod' } } },
      ingress: [{ action: 'Deny', from: [namespaces('env', 'dev')] }],
    }),
    ...names.filter((_, index) => index % 10 === 0).map(teamPolicy),
    clusterPolicy('no-staging', 'Baseline', 10, {
      subject: { namespaces: { matchLabels: { env: 'prod' } } },
      ingress: [{ action: 'Deny', from: [namespaces('env', 'staging')] }],
    }),
  ];
}

const protocols = [{ tcp: { destinationPort: { number: METRICS.number } } }];

/** A team that speaks to its own only, and otherwise for itself. */
function teamPolicy(team: string, index: number): object {
  return admin(`tenant-${team}`, 100 + index, {
    subject: { namespaces: { matchLabels: { team } } },
    ingress: [
      { action: 'Pass', from: [namespaces('team', team)] },
      {
        action: 'Deny',
        from: [
          {
            pods: {
              namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
              podSelector: { matchLabels: { tier: 'worker' } },
            },
          },
        ],
      },
    ],
  });
}

function namespaces(key: string, value: string): object {
  return { namespaces: { matchLabels: { [key]: value } } };
}

function admin(name: string, priority: number, spec: object): object {
  return clusterPolicy(name, 'Admin', priority, spec);
}

function clusterPolicy(name: string, tier: string, priority: number, spec: object): object {
  const apiVersion = 'policy.networking.k8s.io/v1alpha2';
  return object(apiVersion, 'ClusterNetworkPolicy', { name }, { tier, priority, ...spec });
}
