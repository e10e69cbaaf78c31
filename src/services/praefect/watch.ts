import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { watchGrpc } from '../core/watch/watch-grpc';
import { APPLICATION_PASSWORD } from '../patroni/secrets';
import { puma } from '../puma/service';
import { PRAEFECT_HEALTH, PRAEFECT_SOURCE, REPOSITORIES_SOURCE, REPOSITORY_COUNTS } from './facts';
import { parseCounts } from './counts';
import { PRAEFECT_DATABASE_PASSWORD } from './secrets';
import { praefect } from './service';

const PACE: Pace = { quietMs: 5_000, hurriedMs: 1_000 };
const SILENCE_MS = 30_000;

/** More of them nobody reads in a tree; the counts are of all. */
const LISTED = 100;

/** A replica is behind by the changes its repository has and it has not; one that is missing has no number. */
const QUESTION = `
WITH replicas AS (
  SELECT repositories.repository_id, assigned.storage, repositories.generation - held.generation AS behind
  FROM repositories
  JOIN repository_assignments AS assigned ON assigned.repository_id = repositories.repository_id
  LEFT JOIN storage_repositories AS held
    ON held.repository_id = assigned.repository_id AND held.storage = assigned.storage
), states AS (
  SELECT repository_id, relative_path AS path, "primary",
    EXISTS (SELECT FROM valid_primaries AS valid WHERE valid.repository_id = repositories.repository_id) AS available,
    EXISTS (SELECT FROM replicas
      WHERE replicas.repository_id = repositories.repository_id AND behind IS DISTINCT FROM 0) AS is_behind
  FROM repositories
), listed AS (
  SELECT * FROM states ORDER BY available, is_behind DESC, repository_id LIMIT ${LISTED}
)
SELECT (SELECT coalesce(array_agg(path ORDER BY repository_id), '{}') FROM listed), jsonb_build_object(
  'asOf', round(extract(epoch FROM clock_timestamp()) * 1000),
  'repositories', (SELECT count(*) FROM states),
  'behind', (SELECT count(*) FROM states WHERE is_behind),
  'unavailable', (SELECT count(*) FROM states WHERE NOT available),
  'primaries', (SELECT coalesce(jsonb_object_agg(storage, number), '{}') FROM (
    SELECT "primary" AS storage, count(*) AS number FROM states WHERE "primary" IS NOT NULL GROUP BY 1) AS by_storage),
  'listed', (SELECT coalesce(jsonb_agg(jsonb_build_object(
    'path', path, 'primary', "primary", 'available', available,
    'replicas', (SELECT coalesce(jsonb_object_agg(storage, behind), '{}') FROM replicas
      WHERE replicas.repository_id = listed.repository_id)) ORDER BY repository_id), '[]') FROM listed))`;

/** What GitLab calls the projects of these repositories; the variable `paths` is an array's text. */
const NAMES = `
SELECT coalesce(jsonb_object_agg(disk_path, path_with_namespace), '{}') FROM projects WHERE disk_path = ANY (:'paths')`;

/**
 * Asks Praefect's database for its repositories, once per line of input: the password of Praefect's account and, where an
 * application runs, that of its own. Where they are comes from the common variables of the node. Prints `R` and JSON, then a
 * tab and the projects' names by path as far as they are known; or `R` alone. Names are asked for only when there are other
 * repositories: of a database without such a table (3) not again before, of one that is away (2) the next time.
 */
const SCRIPT = `
. /opt/gitlab/etc/lab.env
asking() {
  PGCONNECT_TIMEOUT=3 PGAPPNAME=observe PGTARGETSESSIONATTRS=read-write timeout 5 \\
    psql -h "$LAB_DATABASE_HOSTS" -p "$LAB_DATABASE_PORT" -w -X -q -A -t -F $'\\t' -v ON_ERROR_STOP=1 -f - "$@"
}
asked='{}' names=
while read -r password application; do
  said=
  if [ -n "$password" ]; then
    said=$(PGPASSWORD=$password asking -U "$LAB_PRAEFECT_USER" -d "$LAB_PRAEFECT_DATABASE" <<'SQL'
${QUESTION};
SQL
    )
  fi
  paths=\${said%%$'\\t'*} said=\${said#*$'\\t'}
  if [ -n "$application" ] && [ -n "$said" ] && [ "$paths" != "$asked" ]; then
    found=$(PGPASSWORD=$application asking -U "$LAB_DATABASE_USER" -d "$LAB_DATABASE" -v paths="$paths" <<'SQL'
${NAMES};
SQL
    )
    case $? in
      0) asked=$paths names=$found ;;
      3) asked=$paths ;;
    esac
  fi
  printf 'R %s\\t%s\\n' "$said" "$names"
done 2>/dev/null
`;

/** Asks a node's Praefect how it is, and its database what it knows of the repositories. */
export async function watchPraefect(context: WatchContext, node: string): Promise<void> {
  const port = portOf(praefect, 'praefect', context.ports[node]);
  const health = watchGrpc(context, PRAEFECT_SOURCE, node, port, (answer, at) =>
    seenOn(PRAEFECT_HEALTH, node, at, answer),
  );
  await Promise.all([health, watchRepositories(context, node)]);
}

function watchRepositories(context: WatchContext, node: string): Promise<void> {
  return pollByScript(context, REPOSITORIES_SOURCE, {
    node,
    name: 'observe-praefect',
    script: SCRIPT,
    parameters: [],
    question: () => passwords(context, node),
    pace: PACE,
    silenceMs: SILENCE_MS,
    isPoor: (line) => parseCounts(line) === undefined,
    onLine: (line) => {
      const counts = parseCounts(line);
      if (counts !== undefined) context.emit(seenOn(REPOSITORY_COUNTS, node, context.now(), counts));
    },
  });
}

/** A line for the script: without what cannot be read, and empty without Praefect's own. */
async function passwords({ placement, secret }: WatchContext, node: string): Promise<string> {
  const own = await secret(node, PRAEFECT_DATABASE_PASSWORD).catch(() => '');
  if (own === '' || placement.membersOf(puma.id).length === 0) return own;
  return `${own} ${await secret(node, APPLICATION_PASSWORD).catch(() => '')}`;
}
