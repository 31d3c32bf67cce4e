import type { App } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import type { CheckReport } from '../intents/check';
import { writeBootstrap } from './bootstrap-files';
import { collectEmitted } from './collect';
import { Emission, type Emitted } from './emission';
import { Judge } from './judge';
import { model } from './model';
import { type Circumstances, isWorthTelling, letPass, refusalOf } from './refusal';
import { registryOf } from './registry';
import { renderReport } from './render';
import { staleFiles } from './stale-files';
import { Switch } from './switch';
import { checkInput } from './verify';

/** The methods of an `App` that synthesize all of it. */
const WHOLE_APP = ['synth', 'synthYaml'] as const;
type WholeApp = (typeof WHOLE_APP)[number];

/** Refuses a synth while a promise of the tree is broken, before anything is written, whichever way it synthesizes. */
export class Verifier implements IValidation {
  private readonly switch = new Switch();
  private readonly judge = new Judge();
  private emission: Emission | undefined;
  private isGathering = false;
  /** Told already, in the current run or by single charts. */
  private told: CheckReport | undefined;

  constructor(private readonly root: IConstruct) {}

  /** Makes every synth of the tree pass through here. */
  install(): void {
    this.root.node.addValidation(this);
    const app = this.root as Partial<Record<WholeApp, (...args: unknown[]) => unknown>>;
    for (const method of WHOLE_APP) {
      const original = app[method];
      if (!original) continue;
      // An app of another class may take arguments.
      const value = (...args: unknown[]) =>
        this.withBootstrap(method, () => this.run(method, () => original.apply(this.root, args)));
      Object.defineProperty(this.root, method, { value, configurable: true, writable: true });
    }
  }

  /**
   * The way of a chart that is synthesized by itself, e.g. by `Testing.synth(chart)`: the whole tree is judged by what its
   * objects are before a `toJson` of the chart's own changes them.
   */
  validate(): string[] {
    if (this.isGathering || this.emission || this.switch.mode === 'off') return [];
    const report = this.judge.judge(checkInput(this.root, collectEmitted(this.root)));
    this.decide(report, () => ({ others: this.otherValidationErrors() }));
    return [];
  }

  /** INVARIANT: what is refused does not come back from here, so nothing is written beside manifests that are not. */
  private withBootstrap<T>(method: WholeApp, synthesize: () => T): T {
    const result = synthesize();
    const { bootstrap } = registryOf(this.root);
    if (bootstrap && method === 'synth') writeBootstrap(bootstrap, (this.root as App).outdir);
    return result;
  }

  /** The way of a whole app: what it emits is judged as soon as it is made. */
  private run<T>(method: WholeApp, synthesize: () => T): T {
    if (this.switch.mode === 'off') return synthesize();
    const outer = this.emission;
    return outer ? outer.aside(() => this.emit(method, synthesize)) : this.emit(method, synthesize);
  }

  private emit<T>(method: WholeApp, synthesize: () => T): T {
    let isJudged = false;
    const decide = (emitted: readonly Emitted[], others = '') => {
      isJudged = true;
      const stale = () => (method === 'synth' ? staleFiles(this.root as App, emitted) : []);
      this.decide(model.intents.check(checkInput(this.root, emitted)), () => ({ others, stale: stale() }));
    };
    const outer = this.emission;
    const emission = new Emission(this.root, decide);
    // Frozen constructs can't wait for judgement; `validate` then judges before each chart.
    this.emission = emission.begin() ? emission : undefined;
    this.told = undefined;
    try {
      const result = synthesize();
      // Where there are no charts nobody was asked for manifests; there may be promises.
      if (this.emission && !isJudged) emission.aside(() => decide(collectEmitted(this.root)));
      return result;
    } catch (error) {
      const others = validationErrors(error);
      if (this.emission && !isJudged && others) emission.aside(() => decide(collectEmitted(this.root), others));
      throw error;
    } finally {
      emission.end();
      this.emission = outer;
    }
  }

  private decide(report: CheckReport, circumstances: () => Circumstances): void {
    const isRefused = model.intents.refuses(report);
    if (isRefused && this.switch.mode === 'refuse') {
      const refusal = refusalOf(this.root, report, circumstances());
      throw refusal;
    }
    if (!isWorthTelling(report) || this.told === report) return;
    this.told = report;
    process.stderr.write(`${isRefused ? letPass(report) : ''}${renderReport(this.root, report)}`);
  }

  /** Throwing hides what other constructs have to say, so it is said here, in the form that cdk8s gives it. */
  private otherValidationErrors(): string {
    this.isGathering = true;
    try {
      const constructs = this.root.node.findAll();
      const errors = constructs.flatMap(({ node }) => node.validate().map((error) => `  [${node.path}] ${error}`));
      return errors.length === 0 ? '' : [VALIDATION_FAILED, ...errors].join('\n');
    } finally {
      this.isGathering = false;
    }
  }
}

/** INVARIANT: cdk8s begins so when it tells what validations of constructs have found. */
const VALIDATION_FAILED = 'Validation failed with the following errors:';

function validationErrors(error: unknown): string | undefined {
  return error instanceof Error && error.message.startsWith(VALIDATION_FAILED) ? error.message : undefined;
}
