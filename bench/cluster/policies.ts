import { object } from './objects';
import type { Random } from './random';
import { type App, METRICS, PORT, type Team, type Tier } from './shape';

/** What every namespace has: nothing passes that nobody allowed, names are looked up, metrics are scraped. */
export function namespacePolicies({ namespace }: Team): object[] {
  const dns = [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ];
  const toData = [
    { to: [{ podSelector: { matchLabels: { tier: 'data' } } }], ports: [{ port: PORT.data.name }] },
    { to: [{ podSelector: { matchLabels: { tier: 'service' } } }], ports: [{ port: PORT.service.number }] },
  ];
  const callers = { matchExpressions: [tierIs('In', ['edge', 'service', 'worker'])] };
  return [
    policy('default-deny', namespace, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('lookups', namespace, egress({}, [{ to: [platformPods('kube-system', 'kube-dns')], ports: dns }])),
    policy(
      'scraping',
      namespace,
      ingress({}, [{ from: [platformPods('monitoring', 'prometheus')], ports: [{ port: METRICS.name }] }]),
    ),
    policy('callers', namespace, egress(callers, toData)),
  ];
}

/** Who may call an app, and what else teams write. */
export function appPolicy(app: App, clients: readonly App[], teams: readonly Team[], random: Random): object {
  if (app.tier === 'data') return dataPolicy(app, clients);
  // One in twenty has lost its pods: somebody renamed a label.
  const own = { matchLabels: { app: random(20) === 0 ? `${app.name}-renamed` : app.name } };
  const ports = [{ port: PORT[app.tier].number }];
  const from = (peer: object) => ingress(own, [{ from: [peer], ports }]);
  switch (random(6)) {
    case 0:
    case 1:
      return named(app, 'front', from(frontOf(app.tier)));
    case 2: {
      const ways = [{ port: 443 }, { port: 8000, endPort: 8099 }];
      return named(app, 'partners', ingress(own, [{ from: [partners(random)], ports: ways }]));
    }
    case 3:
      return named(app, 'out', egress(own, [{ to: [partners(random)], ports: [{ port: 443 }] }]));
    case 4:
      return named(app, 'team', from(otherNamespaces(teams[random(teams.length)])));
    default:
      return named(app, 'any-but-data', from({ podSelector: { matchExpressions: [tierIs('NotIn', ['data'])] } }));
  }
}

/** The clients by their own label, and the members of one cluster of databases by a range of ports. */
function dataPolicy(app: App, clients: readonly App[]): object {
  const values = clients.map(({ name }) => name);
  const from = [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values }] } }];
  const self = [{ podSelector: { matchLabels: { app: app.name } } }];
  return named(
    app,
    'clients',
    ingress({ matchLabels: { app: app.name } }, [
      { from, ports: [{ port: PORT.data.number }] },
      { from: self, ports: [{ port: 7000, endPort: 7010 }] },
    ]),
  );
}

function frontOf(tier: Tier): object {
  if (tier === 'edge') return platformPods('ingress-nginx', 'ingress-nginx');
  return { podSelector: { matchLabels: { tier: tier === 'service' ? 'edge' : 'service' } } };
}

function otherNamespaces({ name }: Team): object {
  return {
    namespaceSelector: { matchLabels: { team: name } },
    podSelector: { matchExpressions: [tierIs('In', ['edge', 'service'])] },
  };
}

function tierIs(operator: 'In' | 'NotIn', values: readonly Tier[]): object {
  return { key: 'tier', operator, values };
}

/** Networks of others, less the part that they don't use themselves. */
function partners(random: Random): object {
  const network = `203.0.${random(64)}`;
  return { ipBlock: { cidr: `${network}.0/24`, except: [`${network}.${16 * random(16)}/28`] } };
}

function platformPods(namespace: string, name: string): object {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { 'k8s-app': name } },
  };
}

function ingress(podSelector: object, rules: readonly object[]): object {
  return { podSelector, policyTypes: ['Ingress'], ingress: rules };
}

function egress(podSelector: object, rules: readonly object[]): object {
  return { podSelector, policyTypes: ['Egress'], egress: rules };
}

function named({ name, namespace }: App, what: string, spec: object): object {
  return policy(`${name}-${what}`, namespace, spec);
}

function policy(name: string, namespace: string, spec: object): object {
  return object('networking.k8s.io/v1', 'NetworkPolicy', { name, namespace }, spec);
}
