import { describeController } from './suite';

const SLASH = 'nginx sends clients to the path with the slash, wherever a location that forwards ends in one';
const TO_HTTPS = 'a host with a certificate is served over https alone, unless ssl-redirect is off';
const TEXT = 'a Prefix of Traefik is one of the text, unless strictPrefixMatching is on';

describeController({
  controller: { name: 'of-our-own', namespace: 'edge', labels: { app: 'edge' } },
  differs: [],
});

describeController({
  controller: { name: 'nginx' },
  differs: [
    { row: 'ING-09: Exact /foo/ with /foo', answer: '301 http://shop.example.com/foo/', because: SLASH },
    { row: 'ING-09: Prefix /foo/ with /foo', answer: '301 http://shop.example.com/foo/', because: SLASH },
    { row: 'ING-09: Prefix /aaa/bbb/ with /aaa/bbb', answer: '301 http://shop.example.com/aaa/bbb/', because: SLASH },
    {
      row: 'path_rules: GET http://trailing-slash-path-rules/aaa/bbb',
      answer: '301 http://trailing-slash-path-rules/aaa/bbb/',
      because: SLASH,
    },
    {
      row: 'path_rules: GET http://trailing-slash-path-rules/foo',
      answer: '301 http://trailing-slash-path-rules/foo/',
      because: SLASH,
    },
    { row: 'host_rules: GET http://foo.bar.com', answer: '308 https://foo.bar.com/', because: TO_HTTPS },
    {
      row: 'host_rules: GET http://bar.foo.com',
      answer: '308 https://bar.foo.com/',
      because: "all hosts of an Ingress with tls have one, the controller's own where none is named",
    },
  ],
});

const BY_TLS = 'a host of an Ingress with tls is redirected to https, to a port that differs by release';

describeController({
  controller: { name: 'haproxy' },
  differs: [
    {
      row: 'host_rules: GET http://foo.bar.com',
      answer: '302 https://foo.bar.com/ | 302 https://foo.bar.com:8443/ ? ING-20',
      because: BY_TLS,
    },
    {
      row: 'host_rules: GET http://bar.foo.com',
      answer: '302 https://bar.foo.com/ | 302 https://bar.foo.com:8443/ ? ING-20',
      because: `${BY_TLS}, whichever host the tls names`,
    },
  ],
});

describeController({
  controller: { name: 'traefik' },
  differs: [
    { row: 'ING-09: Prefix /foo/ with /foo', answer: '404', because: TEXT },
    { row: 'ING-09: Prefix /aaa/bb with /aaa/bbb', answer: 'shop/aaa-bb:80', because: TEXT },
    { row: 'ING-09: Prefix /aaa/bbb/ with /aaa/bbb', answer: '404', because: TEXT },
    { row: 'ING-09: Prefix /aaa/bbb with /aaa/bbbxyz', answer: 'shop/aaa-bbb:80', because: TEXT },
    {
      row: 'ING-09: Prefix /aaa with /ccc',
      answer: '404',
      because: 'Traefik passes over the default backend of an Ingress with rules',
    },
    {
      row: 'ING-09: Prefix /foo, Exact /foo with /foo',
      answer: 'shop/foo:80',
      because: 'the longer rule goes first, and PathPrefix is a longer word than Path',
    },
    { row: 'path_rules: GET http://prefix-path-rules/aaaccc', answer: 'shop/aaa-prefix:80', because: TEXT },
    {
      row: 'path_rules: GET http://mixed-path-rules/foo',
      answer: 'shop/foo-prefix:80',
      because: 'the longer rule goes first, and PathPrefix is a longer word than Path',
    },
    { row: 'path_rules: GET http://trailing-slash-path-rules/aaa/bbb', answer: '404', because: TEXT },
  ],
});

describeController({
  controller: { name: 'traefik', strictPrefixMatching: true },
  differs: [
    {
      row: 'ING-09: Prefix /aaa with /ccc',
      answer: '404',
      because: 'Traefik passes over the default backend of an Ingress with rules',
    },
    {
      row: 'ING-09: Prefix /foo, Exact /foo with /foo',
      answer: 'shop/foo:80',
      because: 'the longer rule goes first, and that of a Prefix is longer',
    },
    {
      row: 'path_rules: GET http://mixed-path-rules/foo',
      answer: 'shop/foo-prefix:80',
      because: 'the longer rule goes first, and that of a Prefix is longer',
    },
  ],
});
