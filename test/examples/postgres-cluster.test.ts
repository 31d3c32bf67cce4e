import { readFileSync } from 'node:fs';
import { type Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cni, Intents, PodNetwork, verify } from 'portolan';
import { BillingApp } from '../../examples/postgres-cluster/billing-app';
import { ReportingApp } from '../../examples/postgres-cluster/reporting-app';
import { PACKAGE_README, renderedPackageReadme } from '../../scripts/docs/package-readme';

const FOLDER = 'examples/postgres-cluster';

function onCalico<C extends Chart>(App: new (scope: Construct) => C): C {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    cni: Cni.calico(),
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.0.0/24',
  });
  return new App(app);
}

/** The line of a file on which a text stands first. */
function lineOf(file: string, text: string): number {
  return (
    readFileSync(`${FOLDER}/${file}`, 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

function refusalOf(chart: Chart): string {
  try {
    Testing.synth(chart);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the synth was not refused');
}

describe('a package that brings its promises', () => {
  test('is used as it is meant: the app synthesizes, and the promises of the package are among those that hold', () => {
    const { findings, kept } = verify(onCalico(BillingApp));
    expect(findings).toEqual([]);
    const ids = [...new Set(kept.map(({ intent }) => intent.id))].filter((id) => !id.includes('#uses/'));
    expect(ids).toEqual(['clients', 'scrapers', 'internet', 'names', 'egress'].map((name) => `billing/ledger#${name}`));
  });

  test('is used against its promise: nothing is written, and both lines are named', () => {
    const message = refusalOf(onCalico(ReportingApp));
    expect(message).toContain(`${FOLDER}/reporting-app.ts:${lineOf('reporting-app.ts', 'new NetworkPolicy')}:`);
    expect(message).toContain(
      `${FOLDER}/postgres-cluster.ts:${lineOf('postgres-cluster.ts', ".expect(servers.port('sql'))")}:`,
    );
    expect(message).toContain('because   passwords are the second line of defence');
  });

  test('its README shows what is printed (else: npx tsx scripts/docs.ts)', () => {
    expect(renderedPackageReadme()).toBe(readFileSync(PACKAGE_README, 'utf8'));
  });

  test('a consumer may answer for what it does: the app synthesizes, and the reason stands in the report', () => {
    const reporting = onCalico(ReportingApp);
    const reason = 'notebooks are read by two people, until their export is built';
    Intents.of(reporting).acknowledge({ id: 'PTL113[reporting/warehouse#clients]', reason });
    const { findings, acknowledged, idle } = verify(reporting);
    expect({ findings, idle }).toEqual({ findings: [], idle: [] });
    expect(acknowledged).toMatchObject([{ id: 'PTL113[reporting/warehouse#clients]', by: { reason } }]);
    expect(() => Testing.synth(reporting)).not.toThrow();
  });
});
