import type { ProbeSession } from '../../../src/drills/probe/probe-session';
import { verifyWrites } from '../../../src/drills/probe/probe-session';
import { leaderAddress } from '../../../src/drills/probe/leader-address';
import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { Observer } from '../../../src/observe/observer';
import { readBack } from './client';
import type { ClientTask } from './client';
import type { Attempt, Journey } from './journeys';
import { output } from './lab';

/** Something a client was promised that is not there, or not right. */
export interface Broken {
  readonly journey: Journey;
  /** When it was acknowledged, milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** A job as its row has it. */
export interface JobRow {
  readonly id: number;
  readonly status: string;
  readonly attempts: number;
  readonly sha: string;
  readonly sha256: string;
  /** Milliseconds since the epoch; 0 while it is not finished. */
  readonly finishedAt: number;
}

export interface Verified {
  readonly broken: readonly Broken[];
  readonly jobs: readonly JobRow[];
}

interface Looked {
  readonly labs: LabService;
  readonly lab: LabInfo;
  readonly observer: Observer;
  readonly task: ClientTask;
  readonly attempts: readonly Attempt[];
}

const JOBS_LIMIT_MS = 20_000;

/** Looks for all that was acknowledged where it must be by now: the cluster is whole. */
export async function verifyJourneys(looked: Looked, sql: ProbeSession): Promise<Verified> {
  const jobs = await finishedJobs(looked);
  const found = await Promise.all([lostSql(looked, sql), lostRows(looked), lostCommits(looked)]);
  return { jobs, broken: [...found.flat(), ...(await lostContents(looked, jobs))] };
}

const acknowledged = ({ attempts }: Looked, ...journeys: readonly Journey[]): readonly Attempt[] =>
  attempts.filter((attempt) => attempt.acknowledged && journeys.includes(attempt.journey));

async function lostSql({ labs, lab, observer }: Looked, session: ProbeSession): Promise<readonly Broken[]> {
  const gateway = await labs.transport(lab.name, 'gateway');
  const { lost } = await verifyWrites(gateway, session, leaderAddress(lab, observer.state, 'postgres'));
  const at = new Map(
    session.attempts.filter((one) => one.acknowledged).map(({ sequence, endedAt }) => [sequence, endedAt]),
  );
  return lost.map((sequence) => ({ journey: 'sql', at: at.get(sequence) ?? 0, text: `row ${sequence}` }));
}

/** Rows of the application's database, as its leader has them. */
async function select({ labs, lab, observer }: Looked, sql: string): Promise<readonly string[]> {
  const leader = await labs.transport(lab.name, observer.state.database.leader ?? '');
  const database = ['gitlab-psql', '-d', 'gitlabhq_production', '-At', '-F', ' ', '-c', sql];
  return (await output(leader, database)).split('\n').filter((line) => line !== '');
}

async function lostRows(looked: Looked): Promise<readonly Broken[]> {
  const { run } = looked.task;
  const stored = new Set(await select(looked, `SELECT title FROM issues WHERE title LIKE '${run}-%'`));
  return acknowledged(looked, 'row')
    .filter(({ sequence }) => !stored.has(`${run}-${sequence}`))
    .map(({ sequence, endedAt }) => ({ journey: 'row', at: endedAt, text: `issue ${run}-${sequence}` }));
}

/** Commits that one of the replicas does not have on its branch. */
async function lostCommits(looked: Looked): Promise<readonly Broken[]> {
  const { labs, lab, task } = looked;
  const [disk = ''] = await select(looked, `SELECT disk_path FROM projects WHERE id = ${task.project}`);
  const first = await labs.transport(lab.name, lab.cluster.nodes[0]?.name ?? '');
  const asked = ['metadata', '--virtual-storage', 'default', '--relative-path', disk];
  const metadata = await output(first, ['praefect', ...asked]);
  const [, path = ''] = /^ *Replica Path: "(.+)"/m.exec(metadata) ?? [];
  const broken: Broken[] = [];
  for (const { name } of lab.cluster.nodes) {
    const node = await labs.transport(lab.name, name);
    for (const [journey, branch] of [
      ['commit over HTTP', 'http'],
      ['commit over SSH', 'ssh'],
    ] as const) {
      const pushed = acknowledged(looked, journey);
      if (pushed.length === 0) continue;
      const folder = `/var/opt/gitlab/git-data/repositories/${path}`;
      const git = ['chpst', '-u', 'git:git', 'git', '-C', folder];
      const listed = await output(node, [...git, 'rev-list', `refs/heads/${task.run}-${branch}`]);
      const there = new Set(listed.split('\n'));
      broken.push(
        ...pushed
          .filter(({ id = '' }) => !there.has(id))
          .map(({ id, endedAt }) => ({ journey, at: endedAt, text: `commit ${id} on ${name}` })),
      );
    }
  }
  return broken;
}

/** All jobs of the run's pushes, once none waits or runs any more. */
async function finishedJobs(looked: Looked): Promise<readonly JobRow[]> {
  const deadline = Date.now() + JOBS_LIMIT_MS;
  for (;;) {
    const lines = await select(
      looked,
      `SELECT jobs.id, status, attempts, sha, coalesce(artifact_sha256, '-'),
        coalesce(round(extract(epoch FROM finished_at) * 1000), 0)
      FROM jobs JOIN pipelines ON pipelines.id = pipeline_id WHERE ref LIKE '${looked.task.run}-%'`,
    );
    const jobs = lines.map(jobOf);
    if (jobs.every(({ status }) => !['pending', 'running'].includes(status)) || Date.now() > deadline)
      return jobs;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

function jobOf(line: string): JobRow {
  const [id = '', status = '', attempts = '', sha = '', sha256 = '', finished = ''] = line.split(' ');
  return {
    id: Number(id),
    status,
    attempts: Number(attempts),
    sha,
    sha256,
    finishedAt: Number(finished),
  };
}

/** Jobs that did not run to their end or are there twice, and objects and artifacts that do not read back. */
async function lostContents(looked: Looked, jobs: readonly JobRow[]): Promise<readonly Broken[]> {
  const { labs, lab, task } = looked;
  const told = acknowledged(looked, 'commit over HTTP', 'commit over SSH').filter(
    ({ job }) => job !== undefined,
  );
  const rows = new Map(jobs.map((job) => [job.id, job]));
  const written = acknowledged(looked, 'object');
  const gateway = await labs.transport(lab.name, 'gateway');
  const done = jobs.filter(({ status }) => status === 'success');
  const wrong = await readBack(gateway, task, {
    objects: written.map(({ sequence }) => sequence),
    artifacts: done.map(({ id, sha256 }) => ({ job: id, sha256 })),
  });
  return [
    ...told.flatMap(({ job, endedAt: at }): readonly Broken[] => {
      const row = job === undefined ? undefined : rows.get(job);
      if (row?.status === 'success' && row.attempts >= 1 && !wrong.artifacts.includes(row.id)) return [];
      return [{ journey: 'job', at, text: `job ${job}: ${row?.status ?? 'is not there'}` }];
    }),
    ...twice(jobs).map(({ sha, finishedAt }): Broken => ({
      journey: 'job',
      at: finishedAt,
      text: `two jobs for ${sha}`,
    })),
    ...written
      .filter(({ sequence }) => wrong.objects.includes(sequence))
      .map(({ sequence, endedAt }): Broken => ({
        journey: 'object',
        at: endedAt,
        text: `object ${sequence}`,
      })),
  ];
}

function twice(jobs: readonly JobRow[]): readonly JobRow[] {
  const seen = new Set<string>();
  return jobs.filter(({ sha }) => (seen.has(sha) ? true : (seen.add(sha), false)));
}
