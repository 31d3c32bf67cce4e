import { Chart } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { type CheckReport, refuses } from '../intents/check';
import { NetworkPromiseError } from './network-promise-error';
import { renderReport } from './render';
import { verify } from './verify';

/** The methods of an `App` that validate the whole tree once for itself and once more for each chart. */
const WHOLE_APP = ['synth', 'synthYaml'] as const;

/** Refuses a synth while a promise of the tree is broken: cdk8s validates before it writes, whichever way it synthesizes. */
export class Verifier implements IValidation {
  private currentRun: { report?: CheckReport } | undefined;
  private isGathering = false;
  private isWarned = false;
  private warnedOf: CheckReport | undefined;

  constructor(private readonly root: IConstruct) {}

  /** Makes every synth of the tree pass through here. */
  install(): void {
    this.root.node.addValidation(this);
    const app = this.root as Partial<Record<(typeof WHOLE_APP)[number], () => unknown>>;
    for (const method of WHOLE_APP) {
      const original = app[method];
      if (!original) continue;
      const value = () => this.once(() => original.call(this.root));
      Object.defineProperty(this.root, method, { value, configurable: true, writable: true });
    }
  }

  validate(): string[] {
    if (this.isGathering || this.isSwitchedOff()) return [];
    const report = this.currentReport();
    if (!refuses(report)) {
      this.warn(report);
      return [];
    }
    const refusal = this.refusal(report);
    throw refusal;
  }

  /** Once for each report: cdk8s validates again for every chart. */
  private warn(report: CheckReport): void {
    if (report.findings.length + report.lints.length === 0 || this.warnedOf === report) return;
    this.warnedOf = report;
    process.stderr.write(renderReport(this.root, report));
  }

  /** One check for all validations during the run; the next run looks at the tree anew. */
  private once<T>(run: () => T): T {
    const outer = this.currentRun;
    this.currentRun ??= {};
    try {
      return run();
    } finally {
      this.currentRun = outer;
    }
  }

  private currentReport(): CheckReport {
    if (!this.currentRun || this.hasChartWithOwnSynthesis()) return verify(this.root);
    this.currentRun.report ??= verify(this.root);
    return this.currentRun.report;
  }

  /** Such a chart may change the tree between two validations of one synth. */
  private hasChartWithOwnSynthesis(): boolean {
    return this.root.node.findAll().some((child) => Chart.isChart(child) && child.toJson !== Chart.prototype.toJson);
  }

  private refusal(report: CheckReport): NetworkPromiseError {
    const others = this.otherValidationErrors();
    const appendix = others.length > 0 ? ['Validation failed with the following errors:', ...others, ''] : [];
    const why = report.faults.length > 0 ? 'the manifests are invalid' : 'promises do not hold';
    const message = [`nothing was written: ${why}`, '', renderReport(this.root, report), ...appendix].join('\n');
    return new NetworkPromiseError(message, report);
  }

  /** Throwing hides what other constructs have to say, so it is said here, in the form that cdk8s gives it. */
  private otherValidationErrors(): string[] {
    this.isGathering = true;
    try {
      return this.root.node
        .findAll()
        .flatMap((child) => child.node.validate().map((error) => `  [${child.node.path}] ${error}`));
    } finally {
      this.isGathering = false;
    }
  }

  private isSwitchedOff(): boolean {
    if (process.env.PORTOLAN !== 'off') return false;
    if (!this.isWarned) process.stderr.write('portolan: PORTOLAN=off, network promises are not checked\n');
    this.isWarned = true;
    return true;
  }
}
