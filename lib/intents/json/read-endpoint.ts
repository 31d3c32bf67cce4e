import { labelKey, labelValue } from '../../model/manifest/reader/names';
import { type Invalid, invalid, isObject, type Place } from '../../model/manifest/reader/place';
import { andThen, mapOf, optional, type Reader, wrongType } from '../../model/manifest/reader/reader';
import { oneOf, text } from '../../model/manifest/reader/scalars';
import type { Protocol } from '../../model/values/traffic-set';
import { PROTOCOLS } from '../../model/values/traffic-set';
import type { EndpointRef, LabelValues } from '../endpoint';
import { KINDS, PORT_FORMS, parseEndpointText, problemOfCidr, problemOfPort } from './endpoint-text';
import { filled, hasStrangeKeys, keysOf, oneOrMore, saying } from './fields';

/** One endpoint of a promise, as text or as a map of fields. */
export const readEndpoint: Reader<EndpointRef> = (place) => {
  if (isObject(place.value)) return mapOfFields(place);
  if (typeof place.value !== 'string') return wrongType(place, 'an endpoint, such as shop/web or { namespace: shop }');
  const parsed = parseEndpointText(place.value);
  if (parsed.ok) return parsed.ref;
  const { problem, expected, didYouMean } = parsed;
  return place.fault({ code: 'PTL022', problem, expected, didYouMean });
};

/** What tells the forms of a map apart, with the fields that may stand beside it; `namespace` alone is one too. */
const HEADS: Readonly<Record<string, readonly string[]>> = {
  container: ['of'],
  pods: ['namespace', 'namespaceLabels'],
  name: ['namespace', 'kind'],
  namespace: [],
  host: ['cidrs'],
  cidr: [],
  construct: ['knownBy'],
  of: [],
};
const PORT_KEYS = ['port', 'nodePort', 'protocol'];
const ALL_KEYS = [...new Set([...Object.keys(HEADS), ...Object.values(HEADS).flat(), ...PORT_KEYS])];

const name = saying('a name');

function mapOfFields(place: Place): EndpointRef | Invalid {
  const keys = keysOf(place);
  const head = Object.keys(HEADS).find((key) => keys.includes(key));
  if (head === undefined) {
    if (hasStrangeKeys(place, ALL_KEYS, { noun: 'an endpoint' })) return invalid;
    const expected = `one of ${Object.keys(HEADS).join(', ')}`;
    return place.fault({ code: 'PTL022', problem: 'the endpoint tells nothing that it could be', expected });
  }
  const known = [head, ...HEADS[head], ...PORT_KEYS];
  const isSound = !hasStrangeKeys(place, known, { noun: `an endpoint with \`${head}\`` });
  const whole = READERS[head](place);
  const port = portOf(place, head === 'of');
  if (!isSound || whole === invalid || port === invalid) return invalid;
  return port === undefined ? whole : { kind: port.kind, of: whole, port: port.port, ...port.protocol };
}

const READERS: Readonly<Record<string, Reader<EndpointRef>>> = {
  container: (place) => {
    const [own, of] = [name(place.at('container')), whosePods(place.at('of'))];
    return own === invalid || of === invalid ? invalid : { kind: 'container', of, name: own };
  },
  of: (place) => readEndpoint(place.at('of')),
  construct: (place) => {
    const path = name(place.at('construct'));
    const knownBy = optional(mapOf(labelValue, labelKey))(place.at('knownBy'));
    if (path === invalid || knownBy === invalid) return invalid;
    return { kind: 'construct', path, ...(knownBy && { knownBy: Object.fromEntries(knownBy) }) };
  },
  host: (place) => {
    const host = name(place.at('host'));
    const cidrs = optional(filled(cidr, 'its addresses as CIDRs, or no `cidrs`'))(place.at('cidrs'));
    if (host === invalid || cidrs === invalid) return invalid;
    return { kind: 'external', host, ...(cidrs && { cidrs }) };
  },
  cidr: (place) => {
    const cidrs = oneOrMore(cidr, 'a CIDR at least')(place.at('cidr'));
    return cidrs === invalid ? invalid : { kind: 'addresses', cidrs };
  },
  pods: (place) => {
    const labels = labelValues(place.at('pods'));
    const namespace = optional(name)(place.at('namespace'));
    const namespaceLabels = optional(labelValues)(place.at('namespaceLabels'));
    if (labels === invalid || namespace === invalid || namespaceLabels === invalid) return invalid;
    return {
      kind: 'pods',
      labels,
      ...(namespace !== undefined && { namespace }),
      ...(namespaceLabels && { namespaceLabels }),
    };
  },
  name: (place) => {
    const [own, namespace] = [name(place.at('name')), name(place.at('namespace'))];
    const object = optional(oneOf('a kind that has pods', KINDS))(place.at('kind'));
    if (own === invalid || namespace === invalid || object === invalid) return invalid;
    return { kind: 'object', namespace, name: own, ...(object !== undefined && { object }) };
  },
  namespace: (place) => {
    const own = name(place.at('namespace'));
    return own === invalid ? invalid : { kind: 'namespace', name: own };
  },
};

/** NET-07: a container is one of pods, and what has none, or is a port already, has no containers. */
const whosePods: Reader<EndpointRef> = (place) => {
  const ref = place.isAbsent ? wrongType(place, WHOSE) : readEndpoint(place);
  if (ref === invalid || ['object', 'pods', 'construct', 'namespace'].includes(ref.kind)) return ref;
  return place.fault({ code: 'PTL022', problem: 'this has no containers', expected: WHOSE });
};

const WHOSE = 'what makes the pods, such as shop/web[Deployment]';

const cidr: Reader<string> = andThen(text, (value, place) => {
  const problem = problemOfCidr(value);
  return problem ? place.fault({ code: 'PTL005', ...faultOf(problem) }) : value;
});

function faultOf({ problem, expected, didYouMean }: NonNullable<ReturnType<typeof problemOfCidr>>) {
  return { problem, expected, didYouMean };
}

/** A label has one value, or one of several. */
const labelValues: Reader<LabelValues> = (place) => {
  const value: Reader<string | readonly string[]> = (each) =>
    Array.isArray(each.value) ? filled(labelValue, 'a value at least')(each) : labelValue(each);
  if (place.isAbsent) return wrongType(place, 'labels, such as { app: backup }');
  const labels = mapOf(value, labelKey)(place);
  return labels === invalid ? invalid : Object.fromEntries(labels);
};

interface PortFields {
  readonly kind: 'port' | 'nodePort';
  readonly port: string | number;
  readonly protocol: { readonly protocol?: Protocol };
}

function portOf(place: Place, isNeeded: boolean): PortFields | undefined | Invalid {
  const given = keysOf(place).filter((key) => PORT_KEYS.includes(key));
  if (given.includes('port') && given.includes('nodePort')) {
    const problem = '`port` and `nodePort` stand together';
    return place.key('nodePort').fault({ code: 'PTL020', problem, expected: 'one of them' });
  }
  const kind = given.includes('nodePort') ? 'nodePort' : 'port';
  const protocol = optional(oneOf('a protocol', PROTOCOLS))(place.at('protocol'));
  if (!given.includes(kind)) {
    const isMissing = isNeeded || given.length > 0;
    return isMissing
      ? place.fault({ code: 'PTL003', problem: 'the port is missing', expected: '`port` or `nodePort`' })
      : undefined;
  }
  const port = readPort(place.at(kind));
  if (port === invalid || protocol === invalid) return invalid;
  return { kind, port, protocol: protocol === undefined ? {} : { protocol } };
}

const readPort: Reader<string | number> = (place) => {
  const { value } = place;
  if (typeof value !== 'string' && typeof value !== 'number') return wrongType(place, PORT_FORMS);
  const problem = problemOfPort(value);
  if (problem === undefined) return value;
  const isQuoted = typeof value === 'string' && /^\d+$/.test(value);
  const didYouMean = isQuoted && problemOfPort(Number(value)) === undefined ? String(Number(value)) : undefined;
  const told = isQuoted ? 'a quoted number is no port number' : problem;
  return place.fault({ code: 'PTL022', problem: told, expected: PORT_FORMS, didYouMean });
};
