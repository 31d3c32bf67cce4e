import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Testing } from 'cdk8s';
import { Cni, PodNetwork } from 'portolan';
import { ReportingApp } from '../../examples/postgres-cluster/reporting-app';
import { within } from './surroundings';

const ROOT = path.join(__dirname, '..', '..');

export const PACKAGE_README = path.join(ROOT, 'examples', 'postgres-cluster', 'README.md');

/** The README of the package as it should be, with the refusal of the app that breaks its promise. */
export function renderedPackageReadme(): string {
  const readme = readFileSync(PACKAGE_README, 'utf8');
  return readme.replace(/(?<=^```text\n).*?(?=^```$)/ms, () => within(ROOT, 'C.UTF-8', refusal));
}

function refusal(): string {
  const app = Testing.app();
  new PodNetwork(app, 'network', {
    cni: Cni.calico(),
    podCidr: '10.244.0.0/16',
    serviceCidr: '10.96.0.0/12',
    nodeCidr: '192.168.0.0/24',
  });
  try {
    Testing.synth(new ReportingApp(app));
  } catch (error) {
    const { message } = error as Error;
    return `${message.slice(message.indexOf('error[')).trimEnd()}\n`;
  }
  throw new Error('Unable to show the refusal of examples/postgres-cluster/reporting-app.ts: it was not refused.');
}
