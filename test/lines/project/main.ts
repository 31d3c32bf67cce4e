import { writeFileSync } from 'node:fs';
import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DnsApp, Intents } from 'portolan';
import { TheirService } from 'their-constructs';

// One culprit a line, each made another way, and one promise about each. The test finds both lines by the name.

/** A Service that selects no pod, which breaks any promise to reach it. */
function nothingBehind(name: string) {
  const spec = { selector: { app: 'nobody' }, ports: [{ port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec };
}

function helper(scope: Construct): ApiObject {
  return new ApiObject(scope, 'h', nothingBehind('by-helper'));
}

class OwnObject extends ApiObject {
  constructor(scope: Construct) {
    super(scope, 'o', nothingBehind('by-subclass'));
  }
}

class OwnConstruct extends Construct {
  readonly ofField = new ApiObject(this, 'f', nothingBehind('by-field'));
  readonly ofConstructor: ApiObject;

  constructor(scope: Construct) {
    super(scope, 'own');
    this.ofConstructor = new ApiObject(this, 'c', nothingBehind('by-constructor'));
  }
}

function build(chart: Chart): void {
  const web = new DnsApp(chart, 'web', { image: 'shop/web:1', closed: false });

  const own = new OwnConstruct(chart);
  const app = new DnsApp(chart, 'by-app', { image: 'shop/app:1', ports: { http: 80 } });
  const plus = new Deployment(chart, 'by-plus', { containers: [{ image: 'shop/plus:1', portNumber: 80 }] });
  const raw = new ApiObject(chart, 'raw', nothingBehind('by-api-object'));
  const helped = helper(chart);
  const derived = new OwnObject(chart);
  const theirs = new TheirService(chart, 'theirs', nothingBehind('by-package'));

  const intents = Intents.of(chart);
  intents.expect(web).toReach(app.port('http')).because('by-app');
  intents.expect(web).toReach(plus).because('by-plus');
  intents.expect(web).toReach(raw).because('by-api-object');
  intents.expect(web).toReach(helped).because('by-helper');
  intents.expect(web).toReach(derived).because('by-subclass');
  intents.expect(web).toReach(own.ofField).because('by-field');
  intents.expect(web).toReach(own.ofConstructor).because('by-constructor');
  intents.expect(web).toReach(theirs.service).because('by-package');
}

const shop = new App();
build(new Chart(shop, 'shop', { namespace: 'shop' }));
try {
  shop.synthYaml();
} catch (error) {
  writeFileSync(process.env.REFUSAL!, (error as Error).message);
}
