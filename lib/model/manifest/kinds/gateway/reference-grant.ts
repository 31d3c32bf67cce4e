import { GATEWAY_GROUP } from '../../gateway-resource';
import { listOf } from '../../reader/bounded';
import { dnsLabel } from '../../reader/names';
import { optional, orEmpty, part, type Reader, wrongType } from '../../reader/reader';
import { kind } from '../kind';
import { group, kindName, objectName } from './references';

/** The core group is named by the empty text, and never left out. */
const givenGroup: Reader<string> = (place) => (place.isAbsent ? wrongType(place, 'text') : group(place));

const from = part({ group: givenGroup, kind: kindName, namespace: dnsLabel });
const to = part({ group: givenGroup, kind: kindName, name: optional(objectName) });

const spec = part({ from: listOf(from, 1, 16), to: listOf(to, 1, 16) });
const body = part({ spec: orEmpty(spec) });

/** GW-10. */
export const referenceGrantKind = kind({
  kind: 'ReferenceGrant',
  apiVersions: ['v1', 'v1beta1', 'v1alpha2'].map((version) => `${GATEWAY_GROUP}/${version}`),
  body,
  make: ({ spec }) => ({ type: 'referenceGrant', ...spec }),
});
