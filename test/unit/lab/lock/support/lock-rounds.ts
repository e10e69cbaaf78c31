/**
 * Takes a lab's lock, works, empties the folder as destroying does, releases; again and again: `lock-rounds DIR ROUNDS`.
 * Prints one line per round: "alone", or "shared" when somebody else worked at the same time.
 */
import { verbatim } from '../../../../../src/words/message';
import { mkdir, rmdir } from 'node:fs/promises';
import { LabError } from '../../../../../src/lab/lab-error';
import { emptyLockedFolder } from '../../../../../src/lab/lock/file-locks';
import { acquireLabLock } from '../../../../../src/lab/lock/lab-lock';

const [dir = '', rounds = '1'] = process.argv.slice(2);
/** Only one can make it: it stands while somebody works. */
const WORKPLACE = `${dir}.workplace`;

async function round(): Promise<boolean> {
  try {
    const lock = await acquireLabLock(dir, verbatim('sample'), 'destroy');
    try {
      await mkdir(WORKPLACE);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await emptyLockedFolder(dir);
      await rmdir(WORKPLACE);
    } finally {
      await lock.release();
    }
    return true;
  } catch (error) {
    if (error instanceof LabError && error.code === 'busy') return false;
    throw error;
  }
}

for (let done = 0; done < Number(rounds);) {
  try {
    if (await round()) {
      done++;
      process.stdout.write('alone\n');
    } else {
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  } catch {
    done++;
    process.stdout.write('shared\n');
  }
}
