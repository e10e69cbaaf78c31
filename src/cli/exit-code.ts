import type { LabErrorCode } from '../lab/lab-error';

/** Exit codes of `gitlab-ha`; docs/cli.md explains them to users. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  noDocker: 4,
  notHealthy: 5,
  busy: 6,
  notFound: 7,
  /** `exec` and `shell`: gitlab-ha itself failed, so that the command's own codes stay readable (as docker does). */
  execFailed: 125,
  cancelled: 130,
} as const;

const BY_ERROR: Readonly<Record<LabErrorCode, number>> = {
  'no-docker': EXIT.noDocker,
  'no-permission': EXIT.noDocker,
  'docker-too-old': EXIT.noDocker,
  'no-disk': EXIT.failed,
  'port-taken': EXIT.failed,
  'subnet-clash': EXIT.failed,
  'other-dcs': EXIT.failed,
  'no-base-image': EXIT.failed,
  'image-build-failed': EXIT.failed,
  'bad-workspace': EXIT.findings,
  busy: EXIT.busy,
  cancelled: EXIT.cancelled,
  'not-healthy': EXIT.notHealthy,
  'no-lab': EXIT.notFound,
  'no-node': EXIT.notFound,
  'no-application': EXIT.notFound,
  'no-entrance': EXIT.notFound,
  'no-way': EXIT.usage,
  'no-answer': EXIT.failed,
  'not-whole': EXIT.notHealthy,
  'docker-failed': EXIT.failed,
  'no-program': EXIT.failed,
  'runs-code': EXIT.usage,
  'no-state': EXIT.failed,
  'would-lose-data': EXIT.failed,
  'not-confirmed': EXIT.failed,
};

/** The exit code a failed lab operation ends the program with. */
export function exitCodeOf(code: LabErrorCode): number {
  return BY_ERROR[code];
}
