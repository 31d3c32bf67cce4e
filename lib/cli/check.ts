import { type Command, Option } from 'commander';
import { type CheckReport, checkParsed, refuses } from '../intents/check';
import { blamingItsEnd } from '../intents/json/blame-end';
import { checkJson } from './check-json';
import { checkText } from './check-text';
import { ExitCode } from './exit-code';
import { readIntents } from './intents-file';
import type { Io } from './io';
import { load } from './load';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { Faults } from './refusal';

interface CheckOptions extends CommonOptions {
  readonly o: keyof typeof FORMATS;
  readonly intents: readonly string[];
  readonly strict?: boolean;
}

const FORMATS = {
  text: checkText,
  json: (report: CheckReport) => JSON.stringify(checkJson(report), null, 2),
};

/** `portolan check PATH...`: what is suspicious about the manifests, and whether the promises of files hold. */
export function addCheck(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('check')
    .description('Whether promises hold, and what is wrong or suspicious about the manifests themselves.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .option('--intents <file>', 'a YAML file of promises; may be given several times', several, [])
    .option('--strict', 'exit with 1 for warnings too')
    .addOption(new Option('-o <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'));
  withCommonOptions(command).action(async (paths: string[], options: CheckOptions) => {
    const faults = new Faults();
    const promises = readIntents(options.intents, io.files, faults);
    const { resources, cluster } = load(paths, options, io, faults, options.intents);
    faults.refuse();
    const judged = checkParsed({ ...promises, profileOrigin: cluster.origin }, resources, cluster.profile);
    const report = { ...judged, findings: judged.findings.map((finding) => blamingItsEnd(finding, promises.places)) };
    await deliver([FORMATS[options.o](report, { readSource: faults.textOf, glyphs: io.glyphs })], options.output, io);
    const isWarned = report.findings.length + report.lints.length > 0;
    exit(refuses(report) || (options.strict && isWarned) ? ExitCode.broken : ExitCode.answered);
  });
}

function several(file: string, before: readonly string[]): readonly string[] {
  return [...before, file];
}
