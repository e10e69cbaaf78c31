import { declaredIn } from '../core/live/declared';
import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { DATABASE_NAME, DATABASE_USER } from '../patroni/facts';
import { APPLICATION_PASSWORD } from '../patroni/secrets';
import { PGBOUNCER_CLIENT, PGBOUNCER_SOURCE } from './facts';
import type { ClientAnswer } from './facts';
import { pgbouncer } from './service';

const PACE: Pace = { quietMs: 2_000, hurriedMs: 700 };
/** A login costs PgBouncer and PostgreSQL some work, so a good one holds for a while. */
const RESTED_MS = 4_000;
const SILENCE_MS = 20_000;

/**
 * Logs in through PgBouncer as the application does and asks for a row, once per line of input, which is the account's
 * password. Prints `C` and `served`, `late`, `refused` with PgBouncer's reason, or `not-asked` where there is no psql or
 * no password. Parameters: address, port, account, database.
 */
const SCRIPT = `
while IFS= read -r password; do
  if [ -z "$password" ] || ! type psql timeout >/dev/null 2>&1; then
    echo 'C not-asked'
    continue
  fi
  said=$(PGPASSWORD=$password PGCONNECT_TIMEOUT=3 PGAPPNAME=observe timeout 4 \\
    psql -h "127.0.0.1,$1" -p "$2" -U "$3" -d "$4" -w -X -q -A -t -c 'SELECT 1' 2>&1 </dev/null)
  code=$?
  if [ $code = 0 ]; then
    echo 'C served'
  elif [ $code = 124 ] || [[ $said == *'timeout expired'* ]]; then
    echo 'C late'
  else
    said=\${said##*FATAL:  }
    said=\${said##*ERROR:  }
    said=\${said#psql: error: }
    said=\${said%%$'\\n'*}
    echo "C refused \${said:0:200}"
  fi
done 2>/dev/null
`;

/** What a line of the script says; undefined for anything else. */
export function parseClientAnswer(line: string): ClientAnswer | undefined {
  const [letter, kind, ...words] = line.split(' ');
  if (letter !== 'C') return undefined;
  switch (kind) {
    case 'served':
    case 'late':
    case 'not-asked':
      return { kind };
    case 'refused':
      return { kind, reason: words.join(' ') };
    case undefined:
    default:
      return undefined;
  }
}

/** Asks a node's PgBouncer as its clients do: what its files and its process say is not what clients are told. */
export function watchPgbouncer(context: WatchContext, node: string): Promise<void> {
  const address = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  const port = portOf(pgbouncer, 'pool', context.ports[node]);
  const user = declaredIn(context.declared, DATABASE_USER);
  const database = declaredIn(context.declared, DATABASE_NAME);
  let before: ClientAnswer['kind'] | undefined;
  let readable = true;
  const password = async (): Promise<string> => {
    try {
      const known = await context.secret(node, APPLICATION_PASSWORD);
      readable = true;
      return known;
    } catch {
      readable = false;
      return '';
    }
  };
  const onLine = (line: string): void => {
    const said = parseClientAnswer(line);
    if (!said) return;
    const answer: ClientAnswer = readable ? said : { kind: 'no-password' };
    const first = answer.kind !== before;
    before = answer.kind;
    // The password may be another lab's of the same name.
    if (answer.kind === 'refused' && first) context.forgetSecret(node, APPLICATION_PASSWORD);
    // A machine with much to do is late once in a while, with either.
    if ((answer.kind === 'late' || answer.kind === 'no-password') && first) return;
    context.emit(seenOn(PGBOUNCER_CLIENT, node, context.now(), answer));
  };
  return pollByScript(context, PGBOUNCER_SOURCE, {
    node,
    name: 'observe-pgbouncer',
    script: SCRIPT,
    parameters: [address, String(port), user, database],
    question: password,
    pace: PACE,
    silenceMs: SILENCE_MS,
    holdsMs: (line) => (parseClientAnswer(line)?.kind === 'served' ? RESTED_MS : 0),
    onLine,
  });
}
