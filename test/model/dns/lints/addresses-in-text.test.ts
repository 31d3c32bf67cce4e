import { placesIn } from '../../../../lib/model/dns/lints/addresses-in-text';

const told = (text: string) => placesIn(text).map(({ host, port }) => (port === undefined ? host : `${host} ${port}`));

test.each([
  ['http://api', ['api 80']],
  ['https://api.shop/v1?x=http', ['api.shop 443']],
  ['postgres://user:pa:ss@db:5432/shop', ['db 5432']],
  ['redis://cache', ['cache']],
  ['mongodb://a:27017,b:27018/db', ['a 27017', 'b 27018']],
  ['api.shop.svc.cluster.local', ['api.shop.svc.cluster.local']],
  ['api.shop.svc:8080', ['api.shop.svc 8080']],
  ['kafka-0:9092,kafka-1:9092', ['kafka-0 9092', 'kafka-1 9092']],
  ['--upstream=api:8080', ['api 8080']],
  ['--url=grpc://api:9000', ['api 9000']],
  ['call http://a:1 and then http://b:2', ['a 1', 'b 2']],
])('%s names %j', (text, places) => {
  expect(told(text)).toEqual(places);
});

test.each([
  'api',
  'sh -c "sleep 1"',
  '10.0.0.1:80',
  'http://10.0.0.1',
  'http://localhost:8080',
  'http://[::1]:80',
  'http://$(API_HOST):8080',
  'http://{{ .Values.host }}',
  ':8080',
  '0.0.0.0:8080',
  '1000:1000',
  'printer.local:631',
  'C:\\temp',
  'a:b',
])('%s names nothing that the DNS is asked for', (text) => {
  expect(told(text)).toEqual([]);
});
