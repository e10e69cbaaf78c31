import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { watchGrpc } from '../core/watch/watch-grpc';
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
SELECT jsonb_build_object(
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

/**
 * Asks Praefect's database for its repositories, once per line of input, which is the account's password. Where it is comes
 * from the common variables of the node. Prints `R` and JSON, or `R` alone.
 */
const SCRIPT = `
. /opt/gitlab/etc/lab.env
while IFS= read -r password; do
  said=
  if [ -n "$password" ]; then
    said=$(PGPASSWORD=$password PGCONNECT_TIMEOUT=3 PGAPPNAME=observe PGTARGETSESSIONATTRS=read-write timeout 5 \\
      psql -h "$LAB_DATABASE_HOSTS" -p "$LAB_DATABASE_PORT" -U "$LAB_PRAEFECT_USER" -d "$LAB_PRAEFECT_DATABASE" \\
      -w -X -q -A -t -f - <<'SQL'
${QUESTION};
SQL
    )
  fi
  echo "R $said"
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
    question: () => context.secret(node, PRAEFECT_DATABASE_PASSWORD).catch(() => ''),
    pace: PACE,
    silenceMs: SILENCE_MS,
    onLine: (line) => {
      const counts = parseCounts(line);
      if (counts !== undefined) context.emit(seenOn(REPOSITORY_COUNTS, node, context.now(), counts));
    },
  });
}
