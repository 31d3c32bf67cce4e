import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Overrides } from './overrides';

/** Something that is emitted as a whole: a chart, or an object where each has a file of its own. */
type Emitter = Chart | ApiObject;

/** What an emitter has its `toJson` from: its class or one above, or the emitter itself. */
type Holder = Pick<Emitter, 'toJson'>;

/** A manifest as it will be written, and whence it came. */
export interface Emitted {
  readonly chart: Chart;
  readonly manifest: unknown;
  /** Path of the construct that made it. */
  readonly construct: string;
}

/**
 * One run of `app.synth()` or `app.synthYaml()`. As soon as the app asks its first chart for manifests, those of all charts
 * are made, in the order in which the app would make them, and judged; only then are they handed out, each once. So what
 * is written is what was judged, and it is what would be written without us: everything is rendered once.
 *
 * INVARIANT: an `App` reads `this.charts` after its own validation and before it writes, and asks each of these charts, or
 * each of their objects, for `toJson()`. An app of another class may do otherwise: its charts wait for judgement from the
 * beginning of the run on.
 */
export class Emission {
  private readonly overrides = new Overrides();
  private readonly originals = new Map<Holder, Holder['toJson']>();
  /** The object that rendered each manifest. */
  private readonly makers = new WeakMap<object, ApiObject>();
  private charts: readonly Chart[] | undefined;
  private judged: Map<Emitter, unknown> | undefined;
  private asides = 0;

  constructor(
    private readonly app: IConstruct,
    private readonly judge: (emitted: readonly Emitted[]) => void,
  ) {}

  /** @returns whether all that is emitted can wait for judgement; frozen constructs and objects of frozen classes can't. */
  begin(): boolean {
    const emitters = this.emitters();
    if (![this.app, ...emitters].every(Object.isExtensible) || !emitters.every(canWait)) return false;
    // Constructs read objects of others while they are validated, which is no emission yet.
    this.intercept(emitters.filter(Chart.isChart));
    if ('charts' in this.app) {
      const prototype = Object.getPrototypeOf(this.app);
      const get = () => this.listed(Reflect.get(prototype, 'charts', this.app));
      this.overrides.set(this.app, 'charts', { get });
    }
    return true;
  }

  /** Leaves the tree as it was found. */
  end(): void {
    this.overrides.restore();
  }

  /** Does something during which whatever is emitted is emitted as without us. */
  aside<T>(action: () => T): T {
    this.asides += 1;
    try {
      return action();
    } finally {
      this.asides -= 1;
    }
  }

  /** Whoever asks for the charts is about to emit them; what was read before may be out of date. */
  private listed(charts: readonly Chart[]): readonly Chart[] {
    if (this.asides > 0) return charts;
    this.judged = undefined;
    this.charts = charts;
    this.intercept(this.emitters());
    return charts;
  }

  private emitters(): readonly Emitter[] {
    return this.app.node.findAll().filter(isEmitter);
  }

  /** There are many objects and few classes, so that it is the classes whose method is another for a while. */
  private intercept(emitters: readonly Emitter[]): void {
    for (const emitter of emitters) {
      const holder = holderOfToJson(emitter);
      if (!this.originals.has(holder)) this.takeOver(holder);
    }
  }

  private takeOver(holder: Holder): void {
    const original = holder.toJson;
    this.originals.set(holder, original);
    const emission = this;
    const value = function (this: Emitter): unknown {
      const isOurs = emission.asides === 0 && this.node.root === emission.app;
      return isOurs ? emission.handOut(this) : emission.noted(this, original.call(this));
    };
    this.overrides.set(holder, 'toJson', { value, writable: true });
  }

  private noted(emitter: Emitter, output: unknown): unknown {
    if (ApiObject.isApiObject(emitter) && isObject(output)) this.makers.set(output, emitter);
    return output;
  }

  private handOut(emitter: Emitter): unknown {
    if (!this.judged?.has(emitter)) this.judged = this.aside(() => this.read(emitter));
    const output = this.judged.get(emitter);
    this.judged.delete(emitter);
    return output;
  }

  /** Renders everything, in the way in which somebody began to. */
  private read(first: Emitter): Map<Emitter, unknown> {
    if (!this.charts) this.intercept(this.emitters());
    const outputs = new Map<Emitter, unknown>();
    let isPrepared = false;
    for (const chart of new Set([...(this.charts ?? this.app.node.findAll().filter(Chart.isChart)), Chart.of(first)])) {
      if (!Chart.isChart(first)) {
        for (const object of objectsOf(chart)) outputs.set(object, object.toJson());
        continue;
      }
      const isPlain = this.isPlain(chart);
      outputs.set(chart, isPlain && isPrepared ? objectsOf(chart).map((object) => object.toJson()) : chart.toJson());
      isPrepared = isPlain;
    }
    this.judge([...outputs].flatMap(([emitter, output]) => this.emittedBy(emitter, output)));
    return outputs;
  }

  /**
   * Whether a chart does what every chart does: has the app find its dependencies and validate itself, and then asks its
   * own objects. Where nothing but a chart like this came before, the app is as it was, and need do so only once: it takes
   * as long as rendering a chart.
   */
  private isPlain(chart: Chart): boolean {
    const holder = holderOfToJson(chart);
    return holder === Chart.prototype && OF_EVERY_CHART.test(`${this.originals.get(holder)}`);
  }

  private emittedBy(emitter: Emitter, output: unknown): readonly Emitted[] {
    if (!Chart.isChart(emitter)) return [{ chart: emitter.chart, manifest: output, construct: emitter.node.path }];
    const namesakes = new Namesakes(emitter);
    return Object.values(output as object).map((manifest) => ({
      chart: emitter,
      manifest,
      construct: (isObject(manifest) && this.makers.get(manifest)?.node.path) || namesakes.pathOf(manifest),
    }));
  }
}

/** A chart's own `toJson` may emit changed copies: each is then of the object of that kind and name, else of the chart. */
class Namesakes {
  private paths: ReadonlyMap<string, string> | undefined;

  constructor(private readonly chart: Chart) {}

  pathOf(manifest: unknown): string {
    this.paths ??= new Map(
      objectsOf(this.chart).map(({ kind, name, metadata, node }) => [
        idOf({ kind, metadata: { name, namespace: metadata.namespace } }),
        node.path,
      ]),
    );
    return this.paths.get(idOf(manifest as NamedManifest)) ?? this.chart.node.path;
  }
}

/** What tells manifests apart, of a shape that nobody checked. */
interface NamedManifest {
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

function idOf(manifest: NamedManifest | null): string {
  return `${manifest?.kind} ${manifest?.metadata?.namespace}/${manifest?.metadata?.name}`;
}

function isEmitter(construct: IConstruct): construct is Emitter {
  return Chart.isChart(construct) || ApiObject.isApiObject(construct);
}

/** INVARIANT: what the class of charts has for `toJson`, as long as nobody wraps it, which might do more. */
const OF_EVERY_CHART = /^toJson\(\)\s*\{\s*return [\w$.]+\._synthChart\(this\);?\s*\}$/;

/** Whether another `toJson` can take the place of the one that it has. */
function canWait(emitter: Emitter): boolean {
  return Object.getOwnPropertyDescriptor(holderOfToJson(emitter), 'toJson')?.configurable === true;
}

function holderOfToJson(emitter: Emitter): Holder {
  let holder: Emitter = emitter;
  while (!Object.hasOwn(holder, 'toJson')) holder = Object.getPrototypeOf(holder);
  return holder;
}

/** The objects of a chart in the order in which cdk8s emits them, without those of charts within. */
function objectsOf(chart: Chart): readonly ApiObject[] {
  const constructs = chart.node.findAll();
  // INVARIANT: a graph without dependencies has the order of the tree, and most charts have none.
  const isOrdered = constructs.some(({ node }) => node.dependencies.length > 0);
  return (isOrdered ? new DependencyGraph(chart.node).topology() : constructs)
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
