import type { IngressController } from './ingress-controller';
import { KNOWN_INGRESS_CONTROLLERS } from './known-ingress-controllers';
import { fieldsOf, itemsOf } from './profile-fields';
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
  const detail = { items: 'a list of ingress controllers, e.g. [nginx]', item: 'a name such as "nginx"' };
  return itemsOf(value, 'ingress', fault, detail).flatMap(({ given, i }) => parseOne(given, i, fault));
}

function parseOne(given: Readonly<Record<string, unknown>>, i: number, fault: Report): readonly IngressController[] {
  for (const key of Object.keys(given).filter((key) => !KEYS.includes(key))) {
    fault(['ingress', i, key], key, `a controller has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  const { text, flag, labels: labelsAt } = fieldsOf(given, ['ingress', i], fault);
  const name = String(given.name);
  const known = NAMES.includes(name)
    ? KNOWN_INGRESS_CONTROLLERS[name as keyof typeof KNOWN_INGRESS_CONTROLLERS]
    : undefined;
  const namespace = text('namespace') ?? known?.namespace;
  const labels = labelsAt('labels') ?? known?.labels;
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
