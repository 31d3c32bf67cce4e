import { GATEWAY_GROUP, type ObjectReference, type ParentReference } from '../../gateway-resource';
import { integerWithin, textUpTo } from '../../reader/bounded';
import { dnsLabel, subdomain } from '../../reader/names';
import { portNumber } from '../../reader/network';
import type { Place } from '../../reader/place';
import { andThen, optional, part, type Reader, unlessEmpty, withDefault } from '../../reader/reader';
import { textOf } from '../../reader/scalars';

/** The CRD asks of names no more than that they are there. */
export const objectName: Reader<string> = andThen(textUpTo(253), (name, place) =>
  name === '' ? place.fault({ code: 'PTL003', problem: 'the name is empty', expected: 'a name' }) : name,
);

/** An API group, empty for the core one. */
export const group: Reader<string> = unlessEmpty('', subdomain, '');

export const kindName: Reader<string> = textOf(
  (value) =>
    value.length <= 63 && /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(value)
      ? undefined
      : `${JSON.stringify(value)} is not a kind`,
  { code: 'PTL014', expected: 'a kind, such as Service' },
);

/**
 * The fields that all references have; group and kind as the API server fills them in. No text may be empty but the group:
 * the CRDs want it left out.
 */
function reference(usualGroup: string, usualKind: string) {
  return part({
    group: withDefault(group, usualGroup),
    kind: withDefault(kindName, usualKind),
    namespace: optional(dnsLabel),
    name: objectName,
  });
}

function placed<T extends object>(reader: Reader<T>): Reader<T & { readonly field: Place['path'] }> {
  return andThen(reader, (read, place) => ({ ...read, field: place.path }));
}

/** A reference to an object; what it leaves out is of the core group and of this kind. */
export function objectReference(kind: string, group = ''): Reader<ObjectReference> {
  return placed(reference(group, kind));
}

const parent = reference(GATEWAY_GROUP, 'Gateway');
const section = part({ sectionName: optional(subdomain), port: optional(portNumber) });

/** GW-05: what a route is attached to, a Gateway where nothing else is said. */
export const parentReference: Reader<ParentReference> = (place) => {
  const [object, within] = [parent(place), section(place)];
  return object === null || within === null ? null : { ...object, ...within, field: place.path };
};

export type PortReference = ObjectReference & { readonly port?: number };

const service = reference('', 'Service');

/** An object and the port of it: a Service has several, so that one must be named. */
export const portReference: Reader<PortReference> = (place) => {
  const [object, rest] = [service(place), part({ port: optional(portNumber) })(place)];
  if (object === null || rest === null) return null;
  if (object.kind === 'Service' && object.group === '' && rest.port === undefined) {
    return place.at('port').fault({
      code: 'PTL003',
      problem: 'the reference names no port of the Service',
      expected: 'the number of a port of the Service',
      rule: 'GW-11',
    });
  }
  return { ...object, ...rest, field: place.path };
};

/** GW-11: 1 where nothing is said. */
export const weight: Reader<number> = withDefault(integerWithin(0, 1_000_000), 1);
