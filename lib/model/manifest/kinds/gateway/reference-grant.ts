import { GATEWAY_GROUP } from '../../gateway-resource';
import { listOf } from '../../reader/bounded';
import { dnsLabel } from '../../reader/names';
import { optionalText, orEmpty, part } from '../../reader/reader';
import { text } from '../../reader/scalars';
import { kind } from '../kind';

const from = part({ group: text, kind: text, namespace: dnsLabel });
const to = part({ group: text, kind: text, name: optionalText(text) });

const spec = part({ from: listOf(from, 1, 16), to: listOf(to, 1, 16) });
const body = part({ spec: orEmpty(spec) });

/** GW-10. */
export const referenceGrantKind = kind({
  kind: 'ReferenceGrant',
  apiVersions: ['v1', 'v1beta1', 'v1alpha2'].map((version) => `${GATEWAY_GROUP}/${version}`),
  body,
  make: ({ spec }) => ({ type: 'referenceGrant', ...spec }),
});
