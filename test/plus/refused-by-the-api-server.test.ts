import { NetworkPolicy, NetworkPolicyIpBlock, NetworkPolicyPort, Pods, Service } from 'cdk8s-plus-28';
import { deployment, emitted, lineAbove, refusalOf, shopApp } from './support';

const rule = (part: object) => expect.objectContaining({ spec: expect.objectContaining(part) });

describe('what cdk8s-plus synthesizes and the API server refuses', () => {
  test.each([
    ['allTcp', NetworkPolicyPort.allTcp(), 'TCP'],
    ['allUdp', NetworkPolicyPort.allUdp(), 'UDP'],
  ])('NP-09: %s() begins at port 0', (_, port, protocol) => {
    const { app, chart } = shopApp();
    const db = deployment(chart, 'db');
    const policy = new NetworkPolicy(chart, 'policy', { selector: db });
    const culprit = lineAbove();
    policy.addIngressRule(Pods.all(chart, 'all'), [port]);
    const ports = [{ port: 0, endPort: 65535, protocol }];
    expect(emitted(chart, 'NetworkPolicy')).toEqual([rule({ ingress: [expect.objectContaining({ ports })] })]);

    const refusal = refusalOf(app);
    expect(refusal).toContain(`error[PTL007]: ${culprit}: port 0 is outside the range of ports`);
    expect(refusal).toContain('no port at all for all ports of the protocol');
    expect(refusal).toContain('write `NetworkPolicyPort.of({ protocol: NetworkProtocol.TCP })` in place of `allTcp()`');
  });

  test('SVC-09: ports of a Service without names', () => {
    const { app, chart } = shopApp();
    const web = deployment(chart, 'web');
    new Service(chart, 'service', { selector: web, ports: [{ port: 80 }, { port: 443 }] });
    const culprit = lineAbove();
    expect(emitted(chart, 'Service')).toEqual([rule({ ports: [{ port: 80 }, { port: 443 }] })]);

    const refusal = refusalOf(app);
    expect(refusal).toContain(`error[PTL003]: ${culprit}: the port has no name beside other ports`);
    expect(refusal).toContain("give each port a name; in cdk8s-plus `ports: [{ name: 'http', port: 80 }, ...]`");
  });

  test('NP-16: addresses that are none', () => {
    const { app, chart } = shopApp();
    const web = deployment(chart, 'web');
    web.connections.allowTo(NetworkPolicyIpBlock.ipv4(chart, 'block', '999.1.1.1/99'));
    const culprit = lineAbove();
    const to = [{ ipBlock: { cidr: '999.1.1.1/99' } }];
    expect(emitted(chart, 'NetworkPolicy')).toEqual([rule({ egress: [expect.objectContaining({ to })] })]);

    const refusal = refusalOf(app);
    expect(refusal).toContain(`error[PTL005]: ${culprit}: octet '999' is greater than 255`);
    expect(refusal).toContain('mend it where it is given, such as in `NetworkPolicyIpBlock.ipv4(...)`');
  });

  test('NP-16: an exception from outside of its block', () => {
    const { app, chart } = shopApp();
    const web = deployment(chart, 'web');
    web.connections.allowTo(NetworkPolicyIpBlock.ipv4(chart, 'block', '10.0.0.0/8', ['192.168.0.0/16']));
    const culprit = lineAbove();
    const to = [{ ipBlock: { cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] } }];
    expect(emitted(chart, 'NetworkPolicy')).toEqual([rule({ egress: [expect.objectContaining({ to })] })]);

    const refusal = refusalOf(app);
    expect(refusal).toContain(`error[PTL006]: ${culprit}: 192.168.0.0/16 is not a strict part of 10.0.0.0/8`);
    expect(refusal).toContain('it is the last argument of `NetworkPolicyIpBlock.ipv4(...)`');
  });

  test('NP-25: a range of ports that ends before it begins', () => {
    const { app, chart } = shopApp();
    const policy = new NetworkPolicy(chart, 'policy', { selector: deployment(chart, 'db') });
    const culprit = lineAbove();
    policy.addIngressRule(Pods.all(chart, 'all'), [NetworkPolicyPort.tcpRange(90, 80)]);
    const ports = [{ port: 90, endPort: 80, protocol: 'TCP' }];
    expect(emitted(chart, 'NetworkPolicy')).toEqual([rule({ ingress: [expect.objectContaining({ ports })] })]);

    expect(refusalOf(app)).toContain(`error[PTL008]: ${culprit}: endPort 80 is below port 90`);
  });

  test('a Service port above all ports', () => {
    const { app, chart } = shopApp();
    new Service(chart, 'service', { selector: deployment(chart, 'web'), ports: [{ port: 99999 }] });
    const culprit = lineAbove();
    expect(emitted(chart, 'Service')).toEqual([rule({ ports: [{ port: 99999 }] })]);

    expect(refusalOf(app)).toContain(`error[PTL007]: ${culprit}: port 99999 is outside the range of ports`);
  });

  test('NP-44: two objects of one name', () => {
    const { app, chart } = shopApp();
    const web = deployment(chart, 'web');
    new Service(chart, 'public', { metadata: { name: 'web' }, selector: web, ports: [{ port: 80 }] });
    new Service(chart, 'admin', { metadata: { name: 'web' }, selector: web, ports: [{ port: 9090 }] });
    const culprit = lineAbove();
    expect(emitted(chart, 'Service')).toHaveLength(2);

    const refusal = refusalOf(app);
    expect(refusal).toContain(`error[PTL012]: ${culprit}: there is another manifest of Service shop/web`);
    expect(refusal).toContain(
      'declare it once, or give one of the two another name; in cdk8s-plus by `metadata: { name }`',
    );
    expect(refusal).toContain('also shop/public/Resource');
  });
});
