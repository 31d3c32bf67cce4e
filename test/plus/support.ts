import { ApiObject, type App, Chart, Testing } from 'cdk8s';
import { type ContainerProps, Deployment, type Protocol } from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { Intents, NetworkPromiseError } from 'portolan';

/** An app whose synth Portolan guards, with one chart for the namespace `shop`. All else in it is of cdk8s-plus. */
export function shopApp() {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
  return { app, chart, intents: Intents.of(app) };
}

/** A Deployment with one container. @param port that the container declares @default - none */
export function deployment(scope: Construct, id: string, port?: { number: number; protocol?: Protocol }): Deployment {
  const container: ContainerProps = { image: 'shop/app:1', ports: port ? [port] : [] };
  return new Deployment(scope, id, { containers: [container] });
}

/** The objects of a kind below a construct, as cdk8s-plus emits them. */
export function emitted(scope: IConstruct, kind: string): readonly object[] {
  const objects = scope.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
  return objects.filter((each) => each.kind === kind).map((each): object => each.toJson());
}

/** `file:line` of the line above the one that calls. */
export function lineAbove(): string {
  const caller = (new Error().stack ?? '').split('\n')[2];
  const [, file, line] = /(test\/plus\/[\w-]+\.test\.ts):(\d+)/.exec(caller)!;
  return `${file}:${Number(line) - 1}`;
}

/** What the synth of an app is refused with, in words: lines joined, places without columns. */
export function refusalOf(app: App): string {
  try {
    app.synth();
  } catch (error) {
    if (error instanceof NetworkPromiseError) return wordsOf(error.message);
    throw error;
  }
  throw new Error('the synth was not refused');
}

/** What the synth of an app warns of while it lets it pass, in the same form. */
export function warningsOf(app: App): string {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    return wordsOf(stderr.mock.calls.map(([text]) => text).join(''));
  } finally {
    stderr.mockRestore();
  }
}

function wordsOf(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/(\.ts:\d+):\d+/g, '$1');
}
