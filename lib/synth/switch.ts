/** What `PORTOLAN` asks for: a check that refuses, one that only tells, or none. */
export type CheckMode = 'refuse' | 'warn' | 'off';

/** Reads `PORTOLAN` from the environment; of what changes the check it says so on standard error, once. */
export class Switch {
  private readonly said = new Set<string>();

  get mode(): CheckMode {
    const value = process.env.PORTOLAN ?? '';
    switch (value) {
      case '':
        return 'refuse';
      case 'warn':
        return 'warn';
      case 'off':
        this.sayOnce('PORTOLAN=off, network promises are not checked');
        return 'off';
      default:
        this.sayOnce(`PORTOLAN=${value} is neither "off" nor "warn": network promises are checked as usual`);
        return 'refuse';
    }
  }

  private sayOnce(text: string): void {
    if (!this.said.has(text)) process.stderr.write(`portolan: ${text}\n`);
    this.said.add(text);
  }
}
