import { ApiObject, Chart, Testing } from 'cdk8s';
import { DnsApp, Ingress, IngressController, Intents, PodNetwork, url, verify } from 'portolan';
import { FOR_OTHER, FOR_SHOP, KEY_OF_OTHER, KEY_OF_SHOP } from '../support/certificates';

const HOST = 'shop.example.com';

/** The codes of what is found where the app has this Secret for its host. */
function found(certificate: string, key: string): readonly string[] {
  const app = Testing.app();
  new PodNetwork(app, 'network', { ingress: [IngressController.nginx()] });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const web = new DnsApp(chart, 'web', { image: 'shop/web:3', ports: { http: 8080 } });
  new ApiObject(chart, 'tls', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'shop-tls' },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': certificate, 'tls.key': key },
  });
  new Ingress(chart, 'edge', { host: HOST, className: 'nginx', routes: { '/': web.port('http') }, tls: 'shop-tls' });
  Intents.of(chart)
    .expect(url(`https://${HOST}/`))
    .toTerminateTls({ with: 'shop-tls' });
  return [...new Set(verify(chart).findings.map(({ code }) => code))];
}

test.each<[string, string, string, readonly string[]]>([
  ['of the host', FOR_SHOP, KEY_OF_SHOP, []],
  ['with the key of another', FOR_SHOP, KEY_OF_OTHER, ['PTL408']],
  ['of another host', FOR_OTHER, KEY_OF_OTHER, ['PTL408']],
])('ING-16: a synth reads the certificates of its Secrets: one %s', (_, certificate, key, expected) => {
  expect(found(certificate, key)).toEqual(expected);
});
