import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestEnvironment } from 'jest-environment-node';

const TEMPORARY = tmpdir();

/**
 * Node, where each suite has a temporary folder of its own that goes with it, however its tests end. What they make there, what
 * cdk8s makes for `Testing.app()`, and what the processes leave that they start: all of it is below `os.tmpdir()`.
 */
export default class OwnTemporaryFolder extends TestEnvironment {
  private readonly folder = mkdtempSync(join(TEMPORARY, 'portolan-'));

  override async setup(): Promise<void> {
    await super.setup();
    // Node's own modules read the environment of the process; what tests start inherits the copy that they see.
    process.env.TMPDIR = this.folder;
    this.global.process.env.TMPDIR = this.folder;
  }

  override async teardown(): Promise<void> {
    process.env.TMPDIR = TEMPORARY;
    rmSync(this.folder, { recursive: true, force: true });
    await super.teardown();
  }
}
