import { type Command, Option } from 'commander';
import { type CheckReport, checkParsed, refuses } from '../intents/check';
import { blamingItsEnd } from '../intents/json/blame-end';
import type { Promises } from '../intents/json/read-promises';
import { matrixOf } from '../intents/matrix';
import { checkJson } from './check-json';
import { checkText } from './check-text';
import { ExitCode } from './exit-code';
import { readIntents } from './intents-file';
import type { Io } from './io';
import { loadResources } from './load';
import { MATRIX_FORMATS } from './matrix-formats';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { readProfile } from './profile';
import { BadUsage, Faults } from './refusal';

interface CheckOptions extends CommonOptions {
  readonly o: keyof typeof MATRIX_FORMATS;
  readonly intents: readonly string[];
  readonly matrix?: readonly string[];
  readonly strict?: boolean;
}

const FORMATS: Partial<
  Record<CheckOptions['o'], (report: CheckReport, sources: Parameters<typeof checkText>[1]) => string>
> = {
  text: checkText,
  json: (report) => JSON.stringify(checkJson(report), null, 2),
};

/** `portolan check PATH...`: what is suspicious about the manifests, and whether the promises of files hold. */
export function addCheck(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('check')
    .description('Whether promises hold, and what is wrong or suspicious about the manifests themselves.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .addOption(
      new Option('--intents <file>', 'a YAML file of promises; may be given several times')
        .argParser(several)
        .default([], 'none'),
    )
    .option(
      '--matrix <networks>',
      'judge on several networks: names and files as --cluster takes them, with commas',
      listed,
    )
    .option('--strict', 'exit with 1 for warnings too')
    .addOption(
      new Option('-o <format>', 'what to print (markdown: of --matrix only)')
        .choices(Object.keys(MATRIX_FORMATS))
        .default('text'),
    );
  withCommonOptions(command).action(async (paths: string[], options: CheckOptions) => {
    const answer = options.matrix ? onSeveral(paths, options, options.matrix, io) : onOne(paths, options, io);
    await deliver(answer.lines, options.output, io);
    const isWarned = answer.reports.some(({ findings, lints }) => findings.length + lints.length > 0);
    exit(answer.reports.some(refuses) || (options.strict && isWarned) ? ExitCode.broken : ExitCode.answered);
  });
}

interface Answer {
  readonly lines: readonly string[];
  readonly reports: readonly CheckReport[];
}

function onOne(paths: readonly string[], options: CheckOptions, io: Io): Answer {
  const format = FORMATS[options.o];
  if (!format) throw new BadUsage(`-o ${options.o} is a form of --matrix: give it networks, or choose text or json`);
  const faults = new Faults();
  const promises = readIntents(options.intents, io.files, faults);
  const { cluster } = options;
  const profile = readProfile(cluster, options, io.files, faults);
  const others = cluster === undefined ? options.intents : [...options.intents, cluster];
  const resources = loadResources(paths, others, io, faults);
  faults.refuse();
  const report = blamingEnds(checkParsed(promises, resources, profile), promises);
  return { lines: [format(report, { readSource: faults.textOf, glyphs: io.glyphs })], reports: [report] };
}

function onSeveral(paths: readonly string[], options: CheckOptions, networks: readonly string[], io: Io): Answer {
  if (options.cluster !== undefined)
    throw new BadUsage('--cluster names one network, and --matrix all of them: give one');
  const faults = new Faults();
  const promises = readIntents(options.intents, io.files, faults);
  const profiles = networks.map((name) => ({ name, profile: readProfile(name, options, io.files, faults) }));
  const resources = loadResources(paths, [...options.intents, ...networks], io, faults);
  faults.refuse();
  const matrix = matrixOf(promises, resources, profiles);
  const columns = matrix.columns.map((column) => ({ ...column, report: blamingEnds(column.report, promises) }));
  return {
    lines: MATRIX_FORMATS[options.o]({ ...matrix, columns }),
    reports: columns.map(({ report }) => report),
  };
}

function blamingEnds(report: CheckReport, { places }: Promises): CheckReport {
  return { ...report, findings: report.findings.map((finding) => blamingItsEnd(finding, places)) };
}

function several(file: string, before: readonly string[]): readonly string[] {
  return [...before, file];
}

function listed(text: string): readonly string[] {
  const networks = text.split(',').map((each) => each.trim());
  const twice = networks.find((each, i) => networks.indexOf(each) !== i);
  if (networks.includes(''))
    throw new BadUsage('--matrix takes names of networks with commas between them: one is empty');
  if (twice !== undefined) throw new BadUsage(`--matrix names ${twice} twice`);
  return networks;
}
