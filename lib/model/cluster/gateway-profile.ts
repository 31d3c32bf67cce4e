import type { GatewayController } from './gateway-controller';
import { gatewayNameLabel, KNOWN_GATEWAY_CONTROLLERS } from './known-gateway-controllers';
import { fieldsOf, itemsOf } from './profile-fields';
import type { Report } from './profile-report';

const NAMES = Object.keys(KNOWN_GATEWAY_CONTROLLERS);
const KEYS = ['name', 'className', 'controllerName', 'namespace', 'labels'];

/** Reads the `gateways` of a profile. */
export function parseGatewayControllers(value: unknown, fault: Report): readonly GatewayController[] {
  const detail = { items: 'a list of controllers of Gateways, e.g. [istio]', item: 'a name such as "istio"' };
  return itemsOf(value, 'gateways', fault, detail).flatMap(({ given, i }) => parseOne(given, i, fault));
}

function parseOne(
  given: Readonly<Record<string, unknown>> & { readonly name: string },
  i: number,
  fault: Report,
): readonly GatewayController[] {
  for (const key of Object.keys(given).filter((key) => !KEYS.includes(key))) {
    fault(['gateways', i, key], key, `a controller has no field \`${key}\``, `some of ${KEYS.join(', ')}`, KEYS);
  }
  const { text, labels: labelsAt } = fieldsOf(given, ['gateways', i], fault);
  const { name } = given;
  const known = NAMES.includes(name) ? KNOWN_GATEWAY_CONTROLLERS[name] : undefined;
  const [controllerName, className] = [text('controllerName') ?? known?.controllerName, text('className')];
  if (!known && controllerName === undefined && className === undefined) {
    const expected = `one of ${NAMES.join(', ')}, or one with its \`controllerName\` or \`className\``;
    fault(['gateways', i], name, `no controller of Gateways \`${name}\` is known`, expected, NAMES);
    return [];
  }
  const labels = labelsAt('labels');
  return [
    {
      name,
      controllerName,
      className: className ?? known?.className ?? name,
      namespace: text('namespace') ?? known?.namespace,
      labelsOf: labels ? () => labels : (known?.labelsOf ?? gatewayNameLabel),
      isTold: labels !== undefined,
      containerPortOf: known?.containerPortOf ?? ((port) => port),
    },
  ];
}
