import { type Command, Option } from 'commander';
import type { Glyphs } from '../diagnostics/glyphs';
import { renderLints } from '../diagnostics/lint-text';
import type { Lint } from '../model/finding/lint';
import { checkJson } from './check-json';
import { ExitCode } from './exit-code';
import type { Io } from './io';
import { loadNetwork } from './load';
import { type CommonOptions, withCommonOptions } from './options';
import { deliver } from './output';
import { Faults, type TextOf } from './refusal';

interface CheckOptions extends CommonOptions {
  readonly o: keyof typeof FORMATS;
  readonly strict?: boolean;
}

const FORMATS = {
  text: (lints: readonly Lint[], textOf: TextOf, glyphs?: Glyphs) => renderLints(lints, textOf, glyphs).trimEnd(),
  json: (lints: readonly Lint[]) => JSON.stringify(checkJson(lints), null, 2),
};

/** `portolan check PATH...`: what is suspicious about the manifests themselves. */
export function addCheck(program: Command, io: Io, exit: (code: number) => void): void {
  const command = program
    .command('check')
    .description('What is wrong or suspicious about the manifests themselves.')
    .argument('<path...>', 'files or folders of manifests, or - for standard input')
    .option('--strict', 'exit with 1 for warnings too')
    .addOption(new Option('-o <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'));
  withCommonOptions(command).action(async (paths: string[], options: CheckOptions) => {
    const faults = new Faults();
    const network = loadNetwork(paths, options, io, faults);
    faults.refuse();
    const lints = network().lints();
    await deliver([FORMATS[options.o](lints, faults.textOf, io.glyphs)], options.output, io);
    const counts = options.strict ? lints : lints.filter(({ severity }) => severity === 'error');
    exit(counts.length > 0 ? ExitCode.broken : ExitCode.answered);
  });
}
