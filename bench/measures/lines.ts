import { ApiObject, App, Chart } from 'cdk8s';
import { type Construct, Node } from 'constructs';
import { DnsApp } from '../../lib/index';
import { creationLine } from '../../lib/synth/creation-lines';
import { liveHeap } from '../harness/memory';
import { median } from '../harness/time';

export interface LinesInput {
  /** What is created: plain objects, or apps of four objects each, which creates them from deep inside. */
  readonly of: 'ApiObject' | 'DnsApp';
  readonly objects: number;
  readonly runs: number;
}

export interface LinesResult {
  readonly constructs: number;
  /** Median milliseconds to create them all. */
  readonly noted: number;
  readonly without: number;
  /** MB that they hold. */
  readonly heldNoted: number;
  readonly heldWithout: number;
  /** Milliseconds to turn all the notes into lines, of which a failure needs only those that it names. */
  readonly formatted: number;
}

/** What noting where each construct is created adds to its creation. */
export function measureLines({ of, objects, runs }: LinesInput): LinesResult {
  const noting = addChildOf(Node);
  const plain = addChildOf(untouchedNode());
  const create = { ApiObject: createObjects, DnsApp: createApps }[of];
  // In turn, so that both meet the same state of the machine and of the compiler.
  const pairs = Array.from({ length: runs }, () => [noting, plain].map((addChild) => timed(addChild, create, objects)));
  const [noted, without] = [0, 1].map((of) => median(pairs.map((pair) => pair[of].duration)));
  const [heldNoted, heldWithout] = [0, 1].map((of) => median(pairs.map((pair) => pair[of].held)));
  setAddChild(noting);
  const constructs = create(objects).node.findAll();
  const start = performance.now();
  for (const construct of constructs) creationLine(construct)?.position;
  return {
    constructs: constructs.length,
    noted,
    without,
    heldNoted,
    heldWithout,
    formatted: performance.now() - start,
  };
}

type AddChild = (child: Construct, name: string) => void;
type Create = (objects: number) => App;

function addChildOf({ prototype }: typeof Node): AddChild {
  return (prototype as unknown as { addChild: AddChild }).addChild;
}

function setAddChild(addChild: AddChild): void {
  (Node.prototype as unknown as { addChild: AddChild }).addChild = addChild;
}

/** From a copy of `constructs` that Portolan has not seen. */
function untouchedNode(): typeof Node {
  for (const file of Object.keys(require.cache)) {
    if (/[\\/]node_modules[\\/]constructs[\\/]/.test(file)) delete require.cache[file];
  }
  return require('constructs').Node;
}

function timed(addChild: AddChild, create: Create, objects: number): { duration: number; held: number } {
  setAddChild(addChild);
  const before = liveHeap();
  const start = performance.now();
  const app = create(objects);
  const duration = performance.now() - start;
  const held = liveHeap() - before;
  // Asked after the measurement, so that the app is still there when the heap is measured.
  if (app.node.children.length === 0) throw new Error('nothing was created');
  return { duration, held };
}

function createObjects(objects: number): App {
  const app = new App();
  const chart = new Chart(app, 'chart');
  for (let index = 0; index < objects; index++) {
    new ApiObject(chart, `object-${index}`, { apiVersion: 'v1', kind: 'ConfigMap' });
  }
  return app;
}

function createApps(objects: number): App {
  const app = new App();
  const chart = new Chart(app, 'chart');
  for (let index = 0; index < objects / 4; index++) {
    new DnsApp(chart, `app-${index}`, { image: 'example/app:1', ports: { http: 8080 } });
  }
  return app;
}
