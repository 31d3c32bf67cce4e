import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Emitted } from './emission';

/** The files that this synth would have written and that lie in the output folder since an earlier one. */
export function staleFiles(app: App, emitted: readonly Emitted[]): readonly string[] {
  const names = [...new Set(fileNames(app, emitted))].map((name) => join(app.outdir, name + app.outputFileExtension));
  return names.filter((name) => existsSync(name)).sort();
}

/** INVARIANT: cdk8s names its files so; it keeps the functions that do to itself. */
function fileNames(app: App, emitted: readonly Emitted[]): readonly string[] {
  const folders = chartNames(app);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      return ['app'];
    case YamlOutputType.FILE_PER_CHART:
      return [...folders.values()];
    case YamlOutputType.FILE_PER_RESOURCE:
      return emitted.map(resourceName);
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return emitted.map((one) => join(folders.get(one.chart) ?? '', resourceName(one)));
    default:
      return [];
  }
}

/** With their place in the order where that matters. */
function chartNames(app: App): ReadonlyMap<Chart, string> {
  const isIndexed = hasDependentCharts(app);
  return new Map(
    app.charts.map((chart, index) => {
      const name = Names.toDnsLabel(chart);
      return [chart, isIndexed ? `${String(index).padStart(4, '0')}-${name}` : name];
    }),
  );
}

function hasDependentCharts(app: App): boolean {
  const constructs = app.node.findAll();
  return constructs.some((construct) => {
    const isNested = Chart.isChart(construct) && Chart.isChart(construct.node.scope);
    return isNested || construct.node.dependencies.some((other) => chartOf(other) !== chartOf(construct));
  });
}

function chartOf(construct: IConstruct): IConstruct | undefined {
  return construct.node.scopes.reverse().find(Chart.isChart);
}

function resourceName({ manifest }: Emitted): string {
  const { kind, metadata } = manifest as { kind?: unknown; metadata?: { name?: unknown } };
  return `${kind}.${metadata?.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
