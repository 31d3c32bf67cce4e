import { calico } from '../../../lib/model/cluster/cni/calico';
import { cilium } from '../../../lib/model/cluster/cni/cilium';
import { flannel } from '../../../lib/model/cluster/cni/flannel';
import { kindnet } from '../../../lib/model/cluster/cni/kindnet';
import { weave } from '../../../lib/model/cluster/cni/weave';
import { resolveProfile } from '../../../lib/model/cluster/resolve-profile';
import schema from '../../../schemas/cluster-profile.schema.json';

interface Described {
  readonly properties?: Readonly<Record<string, unknown>> & { readonly name?: { readonly const?: string } };
}

const ALTERNATIVES: readonly Described[] = schema.properties.cni.oneOf;

test.each([calico, cilium, flannel, kindnet, weave])('the schema of profiles has the options of $title', (plugin) => {
  const described = ALTERNATIVES.find(({ properties }) => properties?.name?.const === plugin.name);
  expect(Object.keys(described?.properties ?? {}).sort()).toEqual(['name', ...plugin.options].sort());
});

const { properties } = schema;

test.each([
  ['a profile', { x: 1 }, properties],
  ['a group of nodes', { nodes: [{ name: 'a', x: 1 }] }, properties.nodes.items.properties],
  ['the firewall', { firewall: { x: 1 } }, properties.firewall.properties],
  ['kube-proxy', { kubeProxy: { x: 1 } }, properties.kubeProxy.properties],
  ['the DNS', { dns: { x: 1 } }, properties.dns.properties],
])('the schema of profiles has the fields of %s', (_, object, described) => {
  const [fault] = resolveProfile({ object, origin: {} }).faults;
  const fields = fault.expected.replace('some of ', '').split(', ');
  expect(fields.sort()).toEqual(Object.keys(described).sort());
});

test.each(['0/IP', '4/IP', '99/IP', '150/IP', '255/IP', '256/IP', '300/IP', '999/IP', '1000/IP'])(
  'the schema of profiles takes a protocol of IP as what is read does: %s',
  (port) => {
    const [, { pattern = '' }] = schema.$defs.ports.oneOf;
    const { faults } = resolveProfile({
      object: { firewall: { workers: [{ from: 'nodes', ports: port }] } },
      origin: {},
    });
    expect(new RegExp(pattern).test(port)).toBe(faults.length === 0);
  },
);
