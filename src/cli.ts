import { UserError } from './domain/problem.ts';
import { allowClosedPipe } from './edges/closed-pipe.ts';
import { readFlags } from './edges/terminal/flags.ts';
import { helpText } from './edges/terminal/help.ts';
import { version } from './version.ts';

const BUG_EXIT_CODE = 4;

allowClosedPipe(process.stdout, process.stderr);
try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 3;
  } else {
    const trace = process.env['DEBUG'] ? `\n${error instanceof Error ? error.stack : String(error)}` : ' Set DEBUG=1 for the trace.';
    process.stderr.write(`prompt-ratchet failed in a way that is its own fault; please open an issue.${trace}\n`);
    process.exitCode = BUG_EXIT_CODE;
  }
}

async function main(): Promise<number> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.command === 'version') return say(version);
  if (flags.command === 'help') return say(helpText(flags.about));
  const surroundings = { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr };
  if (flags.command === 'optimize') {
    const { runOptimize } = await import('./optimize-terminal.ts');
    return runOptimize(flags, surroundings);
  }
  const { runCheck } = await import('./terminal.ts');
  return runCheck(flags, surroundings);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
