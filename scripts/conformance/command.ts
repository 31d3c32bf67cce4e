import { nodeIo } from '../../lib/cli/input/files';
import { run } from '../../lib/cli/run';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, as a user would call it. */
export async function portolan(...argv: readonly string[]): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await run(argv, {
    stdout: async (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    files: nodeIo,
    debug: true,
  });
  return { code, stdout, stderr };
}
