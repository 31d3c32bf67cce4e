import { dnsLabel } from '../reader/names';
import { part } from '../reader/reader';
import { kind } from './kind';

export const namespaceKind = kind({
  kind: 'Namespace',
  apiVersions: ['v1'],
  namespaced: false,
  name: dnsLabel,
  body: part({}),
  make: () => ({ type: 'namespace' }),
});
