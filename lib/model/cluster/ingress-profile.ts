import type { IngressController } from './ingress-controller';
import { KNOWN_INGRESS_CONTROLLERS } from './known-ingress-controllers';
import type { Report } from './profile-report';

const NAMES: readonly string[] = Object.keys(KNOWN_INGRESS_CONTROLLERS);
const KEYS: readonly string[] = [
  'name',
  'namespace',
  'labels',
  'className',
  'controller',
  'servesWithoutClass',
  'strictPrefixMatching',
];

/** Reads the `ingress` of a profile. */
export function parseIngressControllers(value: unknown, fault: Report): readonly IngressController[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    fault(['ingress'], value, 'this is no list', 'a list of ingress controllers, e.g. [nginx]');
    return [];
  }
  return value.flatMap((item: unknown, i) => {
    const given = typeof item === 'string' ? { name: item } : item;
    const isMap = given !== null && typeof given === 'object' && !Array.isArray(given);
    if (isMap && 'name' in given && typeof given.name === 'string') return parseOne({ ...given }, i, fault);
    fault(['ingress', i], item, 'this names no controller', 'a name such as "nginx"');
    return [];
  });
}

function parseOne(given: Readonly<Record<string, unknown>>, i: number, fault: Report): readonly IngressController[] {
  for (const key of Object.keys(given).filter((key) => !KEYS.includes(key))) {
    fault(['ingress', i, key], key, `a controller has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  const field = (key: string) => ['ingress', i, key];
  const text = (key: string): string | undefined => {
    const value = given[key];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value;
    fault(field(key), value, 'this is no text', 'a text');
    return undefined;
  };
  const flag = (key: string): boolean | undefined => {
    const value = given[key];
    if (value === undefined || typeof value === 'boolean') return value;
    fault(field(key), value, 'this is neither true nor false', 'true or false');
    return undefined;
  };
  const name = String(given.name);
  const known = NAMES.includes(name)
    ? KNOWN_INGRESS_CONTROLLERS[name as keyof typeof KNOWN_INGRESS_CONTROLLERS]
    : undefined;
  const namespace = text('namespace') ?? known?.namespace;
  const labels = parseLabels(given.labels, field('labels'), fault) ?? known?.labels;
  if (namespace === undefined || labels === undefined) {
    const expected = `one of ${NAMES.join(', ')}, or one with its \`namespace\` and \`labels\``;
    fault(['ingress', i], name, `no ingress controller \`${name}\` is known`, expected, NAMES);
    return [];
  }
  return [
    {
      name,
      kind: known?.kind ?? 'conformant',
      controller: text('controller') ?? known?.controller,
      gatewayController: known?.gatewayController,
      className: text('className') ?? name,
      namespace,
      labels,
      ports: known?.ports ?? KNOWN_INGRESS_CONTROLLERS.nginx.ports,
      servesWithoutClass: flag('servesWithoutClass'),
      strictPrefixMatching: flag('strictPrefixMatching') ?? false,
    },
  ];
}

function parseLabels(value: unknown, field: (string | number)[], fault: Report): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (isMap && Object.keys(value).length > 0 && Object.values(value).every((each) => typeof each === 'string')) {
    return { ...value } as Record<string, string>;
  }
  fault(field, value, 'these are no labels', 'a map of texts, one at least');
  return undefined;
}
