import { dnsLabel, portName } from '../reader/names';
import { portNumberOrZero } from '../reader/network';
import { type Invalid, invalid, isObject, type Place } from '../reader/place';
import { andThen, optionalText, orEmpty, part, type Reader, wrongType } from '../reader/reader';
import { text } from '../reader/scalars';
import type { IngressBackend } from '../resources';

/** ING-14: by name or by number, and not by both. */
const servicePort: Reader<string | number> = andThen(
  part({ name: optionalText(portName), number: portNumberOrZero }),
  ({ name, number }, place) => {
    if (name !== undefined && number !== undefined) {
      return place.fault({
        code: 'PTL020',
        problem: 'the port is given by name and by number',
        expected: 'the name or the number of a port of the Service',
        rule: 'ING-14',
      });
    }
    return (
      name ??
      number ??
      place.fault({
        code: 'PTL003',
        problem: 'the backend names no port of the Service',
        expected: 'the name or the number of a port of the Service',
        rule: 'ING-14',
      })
    );
  },
);

const service: Reader<IngressBackend> = andThen(
  part({ name: dnsLabel, port: orEmpty(servicePort) }),
  ({ name, port }, place) => ({ type: 'service', name, port, field: place.path }),
);

const resource: Reader<IngressBackend> = andThen(
  part({ apiGroup: optionalText(text), kind: text, name: text }),
  ({ apiGroup = '', kind, name }, place) => ({ type: 'resource', apiGroup, kind, name, field: place.path }),
);

/** ING-14: a Service or a resource; `null` stands for an empty object. */
export const ingressBackend: Reader<IngressBackend> = (place) => {
  if (place.value !== null && !isObject(place.value)) return wrongType(place, 'an object');
  const given = [place.at('service'), place.at('resource')].filter(({ isAbsent }) => !isAbsent);
  if (given.length === 1) return place.at('service').isAbsent ? resource(given[0]) : service(given[0]);
  return given.length === 0 ? empty(place) : double(place);
};

function empty(place: Place): Invalid {
  const isOld = !place.at('serviceName').isAbsent;
  return place.fault({
    code: 'PTL003',
    problem: isOld ? 'serviceName is of an older version of the API' : 'the backend is empty',
    expected: '`service: { name, port: { number } }`, or `resource`',
    rule: 'ING-14',
  });
}

function double(place: Place): Invalid {
  place.fault({
    code: 'PTL020',
    problem: 'service and resource stand together in one backend',
    expected: 'one of them',
    rule: 'ING-14',
  });
  return invalid;
}
